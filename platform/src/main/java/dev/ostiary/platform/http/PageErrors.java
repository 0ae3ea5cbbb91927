package dev.ostiary.platform.http;

import dev.ostiary.platform.http.ErrorPages.Failure;
import dev.ostiary.platform.http.ErrorWriter.Written;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides who is told of an error by a page: whoever says first that HTML is wanted, as browsers do
 * and clients of the API do not (RFC 9110, section 12.5.1), where the operation is a page or there
 * is none. Thread-safe.
 */
record PageErrors(ErrorPages pages) {

    private static final Logger LOG = System.getLogger(PageErrors.class.getName());
    private static final int LONGEST_LANGUAGES = 1024;

    /** The page that tells of an error; empty where the error object does. */
    Optional<Reply> page(Exchange exchange, Written written) {
        boolean ofPage = exchange.binding().map(Binding::isPage).orElse(false);
        boolean ofNothing = exchange.maybeOperation().isEmpty();
        if (!(ofPage || ofNothing) || !wantsHtml(exchange.incoming)) {
            return Optional.empty();
        }
        try {
            return pages.page(
                    new Failure(
                            exchange.maybeOrg(),
                            FindOrg.host(exchange.incoming.authority()),
                            exchange.incoming.rawPath(),
                            ofPage,
                            languages(exchange.incoming),
                            written.status(),
                            written.code(),
                            written.errorId()));
        } catch (RuntimeException thrown) {
            // what has kept the page from its brand is most likely what the error is about
            LOG.log(Level.WARNING, "no page for error " + written.errorId(), thrown);
            return Optional.empty();
        }
    }

    private static String languages(Incoming incoming) {
        String sent = incoming.header("Accept-Language").orElse("");
        return sent.length() <= LONGEST_LANGUAGES ? sent : sent.substring(0, LONGEST_LANGUAGES);
    }

    private static boolean wantsHtml(Incoming incoming) {
        String accept = incoming.header("Accept").orElse("").strip().toLowerCase(Locale.ROOT);
        return accept.startsWith("text/html");
    }
}
