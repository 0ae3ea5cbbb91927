package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Header;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.server.signin.pages.form.Cookies;
import dev.ostiary.server.signin.pages.form.Form;
import dev.ostiary.server.signin.pages.form.FormGuard;
import dev.ostiary.server.signin.pages.view.Frame;
import dev.ostiary.server.signin.pages.view.Screen;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request for a page, or from one, on its way to an answer. Used by one thread.
 *
 * @param request the request
 * @param cookies what the browser holds
 * @param frames what stands around pages
 * @param guard believes forms, or does not
 */
record Visit(Request request, Cookies cookies, Frames frames, FormGuard guard) {

    static Visit of(Request request, Frames frames, FormGuard guard) {
        return new Visit(request, Cookies.of(request), frames, guard);
    }

    /**
     * The form that was sent.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000006} if it is not this
     *     browser's
     */
    Form form() {
        Form form = Form.of(request);
        guard.require(request, cookies, form.text(Frame.TOKEN));
        return form;
    }

    /** A page, in the language that the browser asks for. */
    Reply page(int status, Screen screen) {
        return page(status, screen, "");
    }

    /**
     * A page, in the language of who reads it.
     *
     * @param locale what the profile says; empty for nothing
     */
    Reply page(int status, Screen screen, String locale) {
        FormGuard.Issued issued = guard.issue(cookies);
        Frames.Reader reader =
                new Frames.Reader(host(), locale, request.header("Accept-Language").orElse(""));
        Reply page = PageReply.of(status, frames.of(request.org(), reader, issued.token()), screen);
        return issued.cookie().map(line -> page.with("Set-Cookie", line)).orElse(page);
    }

    private String host() {
        String authority = request.baseUrl().replaceFirst("^https?://", "");
        return authority.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
    }

    /** To another page of the own host, which is read with GET (RFC 9110, section 15.4.4). */
    static Reply to(String path) {
        return Reply.empty(303).with("Location", path);
    }

    /** The same with a cookie. */
    static Reply with(Reply reply, Optional<String> cookie) {
        return cookie.map(line -> reply.with(List.of(new Header("Set-Cookie", line))))
                .orElse(reply);
    }
}
