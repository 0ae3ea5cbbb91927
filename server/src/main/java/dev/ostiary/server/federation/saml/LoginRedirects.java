package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.SignOnMode;
import dev.ostiary.server.policy.assurance.Lack;
import dev.ostiary.server.signin.flow.Arrivals;
import dev.ostiary.server.signin.flow.Destination;
import dev.ostiary.server.signin.flow.Destinations;
import dev.ostiary.server.signin.flow.StepUps;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.util.Optional;

/**
 * Apps whose people sign in on a page of the org's own ({@code accessibility.loginRedirectUrl};
 * Authentication API, "SP-initiated step-up authentication"). Browsers are sent to the address that
 * an administrator has written into the app and to no other; the state token goes along, and where
 * the browser goes afterwards is kept here. Thread-safe.
 *
 * @param destinations knows the apps
 * @param arrivals begins for somebody without a session
 * @param stepUps begins for somebody with one
 */
public record LoginRedirects(
        Database database,
        OrgClock clock,
        Destinations destinations,
        Arrivals arrivals,
        StepUps stepUps) {

    /**
     * Sends somebody there to sign in.
     *
     * @param way where to come back to: a path of the own host
     * @return nothing where the app has no such page
     */
    Optional<Reply> signIn(Request request, App app, String way) {
        return page(app)
                .flatMap(
                        url ->
                                arrivals.begin(request, app.id(), way)
                                        .map(stateToken -> redirect(url, stateToken)));
    }

    /** Whether an app has such a page. */
    boolean has(App app) {
        return page(app).isPresent();
    }

    /**
     * Sends somebody with a session there to prove what it lacks.
     *
     * @return nothing where the user cannot prove it, or the app has no such page
     */
    Optional<Reply> prove(Request request, App app, Current session, Lack lack, String way) {
        return switch (lack) {
            case Lack.Password password -> signIn(request, app, way);
            case Lack.Factor factor ->
                    page(app).flatMap(url -> prove(request, app, session, factor, way, url));
            case Lack.Impossible none -> Optional.empty();
        };
    }

    private Optional<Reply> prove(
            Request request, App app, Current session, Lack.Factor factor, String way, String url) {
        Optional<Destination> destination =
                database.read(
                        request.org().number(),
                        reader ->
                                destinations.find(
                                        reader, request.org(), app.id(), clock.now(request.org())));
        return destination
                .map(found -> found.by(way))
                .flatMap(
                        found ->
                                stepUps.begin(
                                        request,
                                        session.sessionId(),
                                        session.userId(),
                                        session.proofs(),
                                        factor.methods(),
                                        found))
                .map(stateToken -> redirect(url, stateToken));
    }

    private static Optional<String> page(App app) {
        boolean speaksSaml = app.mode() == SignOnMode.SAML_2_0 || app.mode() == SignOnMode.SAML_1_1;
        return Optional.of(app.document().at("/accessibility/loginRedirectUrl").asString(""))
                .filter(url -> speaksSaml)
                .filter(url -> url.matches("https?://[!-~]+") && Urls.origin(url).isPresent());
    }

    /** The token goes into the query: what comes after {@code #} stays at the end. */
    private static Reply redirect(String url, String stateToken) {
        int hash = url.indexOf('#');
        String address = hash < 0 ? url : url.substring(0, hash);
        String place = hash < 0 ? "" : url.substring(hash);
        return Reply.empty(302)
                .with(
                        "Location",
                        address
                                + (address.indexOf('?') < 0 ? "?" : "&")
                                + "stateToken="
                                + stateToken
                                + place)
                .with("Referrer-Policy", "no-referrer");
    }
}
