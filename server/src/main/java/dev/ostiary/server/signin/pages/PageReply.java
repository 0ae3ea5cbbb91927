package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Header;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.server.signin.pages.html.HtmlWriter;
import dev.ostiary.server.signin.pages.view.Frame;
import dev.ostiary.server.signin.pages.view.Screen;
import java.util.List;

/**
 * A page as an answer, with the policy that holds for all (P36): files of the own host (and the
 * picture of an app that shows itself) and nothing written into the page, no frame around it, and
 * forms that go nowhere else. The addresses of pages hold tokens, so no other site is told where
 * the browser came from. No page leaves the group of the window that opened it ({@code
 * Cross-Origin-Opener-Policy}): an app that has people sign in in a window of its own waits there
 * for the answer.
 */
final class PageReply {

    /** What a page may load. */
    static final String LOADS =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'";

    private static final String REST =
            "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** A page that waits asks the own host by its script. */
    private static final String ASKS = "; connect-src 'self'";

    private static final List<Header> POLICY =
            List.of(
                    new Header("Referrer-Policy", "same-origin"),
                    new Header(
                            "Permissions-Policy",
                            "publickey-credentials-get=(self), publickey-credentials-create=(self)"));

    private PageReply() {}

    /** The page. */
    static Reply of(int status, Frame frame, Screen screen) {
        return Reply.text(status, Reply.HTML, HtmlWriter.document(frame.document(screen)))
                .with(
                        "Content-Security-Policy",
                        loads(screen) + (screen.waits() ? ASKS : "") + REST)
                .with(POLICY);
    }

    /** What a page may load: pictures of an app's host, too, where it shows one. */
    static String loads(Screen screen) {
        return LOADS + screen.pictureOrigin().map(origin -> " " + origin).orElse("");
    }
}
