package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.http.Header;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.signin.pages.InProcess.Call;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.LeavingScreen;
import dev.ostiary.server.signin.pages.view.Paths;
import dev.ostiary.server.signin.sessions.OwnSessions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The end of a sign-in: the session's cookie, and the way to where the browser wanted to go, as far
 * as the org may send it there. Thread-safe.
 */
record Arrival(InProcess api, RedirectTargets targets, Landing landing, OwnSessions own) {

    /** Pages that a form may lead to; whatever else is there may lead on to other sites. */
    private static final List<String> OWN = List.of("/app/", "/login/", "/signin");

    /** How a page says that the browser goes on by itself; the address follows. */
    private static final String AT_ONCE = "0;url=";

    /** Signs the browser in, and sends it on. */
    Reply signIn(Visit visit, String sessionToken, Optional<String> fromUri) {
        Request request = visit.request();
        // first, since the session spends the token, which alone says whose it is
        Reply further = onward(visit, fromUri, () -> own.holder(request.org(), sessionToken));
        Reply begun =
                api.call(
                        request,
                        Call.of("getSessionCookieRedirect")
                                .asking(
                                        Map.of(
                                                "token", List.of(sessionToken),
                                                "redirectUrl", List.of(Paths.HOME))));
        return further.with(cookies(begun));
    }

    /**
     * Sends on whoever is signed in: where the browser wants to go; into the brand's app if it
     * wants nowhere; home if there is none, or it may not go where it wants.
     *
     * @param user who is signed in
     */
    Reply onward(Visit visit, Optional<String> wanted, Supplier<Optional<Caller.Principal>> user) {
        return go(
                visit,
                Phrase.SIGNING_IN,
                wanted.or(() -> landing.link(visit.request(), user)),
                Paths.HOME);
    }

    /** The cookies that an answer sets. */
    static List<Header> cookies(Reply reply) {
        return lines(reply, "Set-Cookie").toList();
    }

    /** Where an answer of {@link #go} sends the browser, be it by a page. */
    static Optional<String> target(Reply reply) {
        return Stream.concat(
                        lines(reply, "Location").map(Header::value),
                        lines(reply, "Refresh")
                                .map(line -> line.value().substring(AT_ONCE.length())))
                .findFirst();
    }

    private static Stream<Header> lines(Reply reply, String name) {
        return reply.headers().stream().filter(line -> line.name().equals(name));
    }

    /**
     * Sends the browser where it wants to go.
     *
     * @param heading what is being done, or has been
     * @param otherwise where it goes if it wants nowhere, or may not go there
     */
    Reply go(Visit visit, Phrase heading, Optional<String> wanted, String otherwise) {
        Optional<String> target = wanted.flatMap(uri -> allowed(visit.request(), uri));
        if (target.isEmpty()) {
            return Visit.to(otherwise);
        }
        String url = target.get();
        String own = visit.request().baseUrl();
        boolean here = OWN.stream().anyMatch(path -> url.startsWith(own + path));
        return here
                ? Visit.to(url)
                : visit.page(200, new LeavingScreen(heading, url, URI.create(url).getHost()))
                        .with("Refresh", AT_ONCE + url);
    }

    /** Where the org may send a browser, if browsers go there by a link. */
    Optional<String> allowed(Request request, String uri) {
        return targets.resolve(request, uri).filter(Arrival::isOfTheWeb);
    }

    private static boolean isOfTheWeb(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
