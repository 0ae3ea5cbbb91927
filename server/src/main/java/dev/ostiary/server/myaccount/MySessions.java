package dev.ostiary.server.myaccount;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Belongings.Removal;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import dev.ostiary.server.signin.sessions.SignedIn;
import java.util.List;
import java.util.Optional;

/**
 * Of the tag Sessions of the MyAccount API: a user is out everywhere, or everywhere else (P23).
 * Thread-safe.
 */
public final class MySessions implements Family {

    private final Database database;
    private final UserEvents events;
    private final SignedIn signedIn;
    private final Removal underWay;
    private final UserDirectory users = new UserDirectory();
    private final IssuedTokens issued = new IssuedTokens();

    /**
     * @param signedIn who is signed in
     * @param underWay ends sign-ins that nobody has finished
     */
    public MySessions(
            Database database, EventCatalogue events, SignedIn signedIn, Removal underWay) {
        this.database = database;
        this.events = new UserEvents(events);
        this.signedIn = signedIn;
        this.underWay = underWay;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("deleteSessions", this::end));
    }

    /** Which token asks, and for whom. */
    private record Asking(String userId, String jti) {}

    /**
     * Whoever is signed in as the caller is not so with the next request, on any node, and no app
     * acts for the caller any more, unless {@code oauthTokens} is false. With {@code
     * excludeCurrentAuthorizationContext} the token that asks stays, with what it came of.
     */
    private Reply end(Request request) {
        ApiVersion.require(request);
        Asking asking = asking(request.caller());
        boolean elsewhere = request.query().flag("excludeCurrentAuthorizationContext", false);
        boolean tokens = request.query().flag("oauthTokens", true);
        database.write(
                request.org().number(),
                tx -> {
                    User user =
                            users.held(tx, asking.userId()).orElseThrow(ApiException::forbidden);
                    underWay.remove(tx, request.org(), user.id());
                    Optional<String> kept =
                            elsewhere ? issued.sessionOf(tx, asking.jti()) : Optional.empty();
                    kept.ifPresentOrElse(
                            session -> signedIn.signOutElsewhere(tx, user.id(), session),
                            () -> signedIn.signOut(tx, request.org(), user.id()));
                    tx.emit(events.of("user.session.clear", user));
                    if (tokens && endTokens(tx, asking, elsewhere)) {
                        tx.emit(events.of("app.oauth2.token.revoke.implicit.user", user));
                    }
                    return user;
                });
        return Reply.noContent();
    }

    private boolean endTokens(Tx tx, Asking asking, boolean elsewhere) {
        return elsewhere
                ? issued.endOthersOfUser(tx, asking.userId(), asking.jti())
                : issued.endOfUser(tx, asking.userId());
    }

    /** Only a user has an account: a client that acts for itself does not. */
    private static Asking asking(Caller caller) {
        return switch (caller) {
            case Caller.Bearer bearer ->
                    bearer.user()
                            .map(user -> new Asking(user.id(), bearer.tokenId()))
                            .orElseThrow(ApiException::forbidden);
            case Caller.Token token -> throw ApiException.forbidden();
            case Caller.Session session -> throw ApiException.forbidden();
            case Caller.Operator operator -> throw ApiException.forbidden();
            case Caller.Anonymous nobody -> throw ApiException.of("E0000005");
        };
    }
}
