package dev.ostiary.server.transfer;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.problem.ApiException;
import java.util.regex.Pattern;

/** The parameter {@code from}: how many lines of the file stand before those of the body. */
final class From {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

    private From() {}

    /**
     * The parameter; without it the lines are those at the position.
     *
     * @throws ApiException {@code E0000001} if it is no number
     */
    static long of(Query query, BulkImport job) {
        return query.text("from").map(From::read).orElse(job.position());
    }

    private static long read(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw ApiException.validation("from", "from: must be a number of lines");
        }
        return Long.parseLong(text);
    }
}
