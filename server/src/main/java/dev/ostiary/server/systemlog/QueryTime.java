package dev.ostiary.server.systemlog;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.StatementTimeout;
import java.util.function.Supplier;

/** The time that a query of the log may take (System Log API, "Timeouts"). */
public final class QueryTime {

    private static final String TOO_LONG =
            "Your last request took too long to complete. This is likely due to a load issue on our"
                    + " side. We've logged this and will work to address it. Please either simplify"
                    + " your query or wait a few minutes and try again.";

    private QueryTime() {}

    /**
     * What the query finds.
     *
     * @throws ApiException {@code E0000009} if the database was stopped on its way to it
     */
    public static <T> T bounded(Supplier<T> query) {
        try {
            return query.get();
        } catch (StatementTimeout e) {
            throw ApiException.of("E0000009").saying(TOO_LONG);
        }
    }
}
