package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.signin.sessions.SignedIn.Begun;
import java.util.List;
import java.util.Optional;

/**
 * A browser comes with a session token, gets the cookie and goes on (guide "Work with Okta session
 * cookies"): to the org itself, or to a site that the org trusts for redirects. Anywhere else is
 * refused before the token is spent, so that no link makes of the org a way to other sites.
 * Thread-safe.
 */
public final class SessionRedirect implements Family {

    private final Database database;
    private final SignedIn signedIn;
    private final RedirectTargets targets;

    public SessionRedirect(Database database, SignedIn signedIn, RedirectTargets targets) {
        this.database = database;
        this.signedIn = signedIn;
        this.targets = targets;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("getSessionCookieRedirect", this::redirect));
    }

    private Reply redirect(Request request) {
        String location =
                request.query()
                        .text("redirectUrl")
                        .flatMap(url -> targets.resolve(request, url))
                        .orElseThrow(
                                () ->
                                        ApiException.validation(
                                                "redirectUrl",
                                                "redirectUrl: The URL is not of a trusted origin"));
        String token = request.query().text("token").orElse("");
        Optional<Begun> begun =
                database.write(
                        request.org().number(),
                        tx -> signedIn.begin(tx, request.org(), token, true));
        return Reply.empty(302)
                .with("Location", location)
                .with(
                        "Set-Cookie",
                        SessionCookie.of(begun.orElseThrow(() -> ApiException.of("E0000004"))));
    }
}
