package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Header;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.signin.pages.InProcess.Call;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.LeavingScreen;
import dev.ostiary.server.signin.pages.view.Paths;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a sign-in: the session's cookie, and the way to where the browser wanted to go, as far
 * as the org may send it there. Thread-safe.
 */
record Arrival(InProcess api, RedirectTargets targets) {

    /** Pages that a form may lead to; whatever else is there may lead on to other sites. */
    private static final List<String> OWN = List.of("/app/", "/login/", "/signin");

    /** Signs the browser in, and sends it on. */
    Reply signIn(Visit visit, String sessionToken, Optional<String> fromUri) {
        Reply begun =
                api.call(
                        visit.request(),
                        Call.of("getSessionCookieRedirect")
                                .asking(
                                        Map.of(
                                                "token", List.of(sessionToken),
                                                "redirectUrl", List.of(Paths.HOME))));
        return go(visit, Phrase.SIGNING_IN, fromUri, Paths.HOME).with(cookies(begun));
    }

    /** The cookies that an answer sets. */
    static List<Header> cookies(Reply reply) {
        return reply.headers().stream().filter(line -> line.name().equals("Set-Cookie")).toList();
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
                        .with("Refresh", "0;url=" + url);
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
