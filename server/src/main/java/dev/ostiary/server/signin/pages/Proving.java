package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.server.policy.assurance.Lack;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.signin.flow.StepUps;
import dev.ostiary.server.signin.pages.view.Paths;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.util.Optional;

/**
 * The way to prove what a session lacks for an app, and back: by the pages of the sign-in. A
 * password is proven by signing in again, a factor beside the session that there is. Thread-safe.
 *
 * @param stepUps begins to prove more
 */
public record Proving(StepUps stepUps) {

    /**
     * Sends a browser there. May ask the database: not to be called in a transaction.
     *
     * @param app on the way to which app
     * @param fromUri where to go afterwards: a path of the own host
     * @return nothing where the user cannot prove it
     */
    public Optional<Reply> way(
            Request request, Current session, Lack lack, Situation.App app, String fromUri) {
        return switch (lack) {
            case Lack.Password password ->
                    Optional.of(
                            Reply.empty(302)
                                    .with(
                                            "Location",
                                            ShownPages.toSignIn(
                                                    fromUri, Optional.of(session.login())))
                                    .with("Set-Cookie", SignInCookie.GONE));
            case Lack.Factor factor -> way(request, session, factor, app, fromUri, true);
            case Lack.Impossible none -> Optional.empty();
        };
    }

    /** The same to a factor that the user has; nothing where there is none. */
    public Optional<Reply> wayToOwn(
            Request request,
            Current session,
            Lack.Factor factor,
            Situation.App app,
            String fromUri) {
        return way(request, session, factor, app, fromUri, false);
    }

    private Optional<Reply> way(
            Request request,
            Current session,
            Lack.Factor factor,
            Situation.App app,
            String fromUri,
            boolean enrols) {
        return stepUps.begin(
                        request,
                        session.sessionId(),
                        session.userId(),
                        session.proofs(),
                        factor.methods(),
                        app,
                        enrols)
                .map(
                        stateToken ->
                                Reply.empty(302)
                                        .with("Location", Paths.SIGN_IN)
                                        .with(
                                                "Set-Cookie",
                                                new SignInCookie(stateToken, Optional.of(fromUri))
                                                        .line()));
    }
}
