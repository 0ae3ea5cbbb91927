package dev.ostiary.platform.http;

import dev.ostiary.platform.org.Org;
import java.util.Optional;

/**
 * Tells a person what a program is told by the error object (P17): asked where a browser wants a
 * page, never of the API. Implementations are thread-safe.
 */
@FunctionalInterface
public interface ErrorPages {

    /** There are no pages. */
    ErrorPages NONE = failure -> Optional.empty();

    /**
     * What went wrong.
     *
     * @param org whose page was asked for; empty where no org has the host
     * @param host the host that was addressed, without its port
     * @param path as sent
     * @param ofPage whether the operation asked for is a page; false where there is no operation
     * @param acceptLanguage as sent, bounded
     * @param status the HTTP status
     * @param code the error's code
     * @param errorId the id in the log's line
     */
    record Failure(
            Optional<Org> org,
            String host,
            String path,
            boolean ofPage,
            String acceptLanguage,
            int status,
            String code,
            String errorId) {}

    /** The page; empty where the error object is told after all. */
    Optional<Reply> page(Failure failure);
}
