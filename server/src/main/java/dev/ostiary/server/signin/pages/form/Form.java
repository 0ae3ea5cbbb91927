package dev.ostiary.server.signin.pages.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import java.util.List;
import java.util.Map;

/**
 * What a browser sends from a form ({@code application/x-www-form-urlencoded}, URL Standard,
 * section 5.1): bounded as a whole and in each field. Immutable.
 */
public final class Form {

    /** No form of ours comes near it. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final int MOST_FIELDS = 40;
    private static final int LONGEST = 16 * 1024;

    private final Map<String, List<String>> fields;

    private Form(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /**
     * The form of a request.
     *
     * @throws ApiException {@code E0000003} if it is larger than any form of a page; {@code
     *     E0000020} where an escape is broken
     */
    public static Form of(Request request) {
        byte[] body = request.body();
        if (body.length > MOST_BYTES) {
            throw ApiException.of("E0000003");
        }
        Map<String, List<String>> fields = Query.parse(new String(body, UTF_8)).values();
        boolean bounded =
                fields.size() <= MOST_FIELDS
                        && fields.values().stream()
                                .flatMap(List::stream)
                                .allMatch(value -> value.length() <= LONGEST);
        if (!bounded) {
            throw ApiException.of("E0000003");
        }
        return new Form(fields);
    }

    /** The first value of a field; empty where there is none. */
    public String text(String name) {
        List<String> values = fields.getOrDefault(name, List.of(""));
        return values.getFirst();
    }

    /** Says nothing: it may hold secrets. */
    @Override
    public String toString() {
        return "Form[…]";
    }
}
