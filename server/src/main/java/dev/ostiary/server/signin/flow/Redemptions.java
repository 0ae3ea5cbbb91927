package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import dev.ostiary.server.signin.sessions.SignedIn;
import java.util.Optional;

/**
 * The end of a sign-in that leads into an app: a browser comes with the state token of a success,
 * has the session, and goes on. Thread-safe.
 */
public final class Redemptions {

    private final Database database;
    private final OrgClock clock;
    private final TransactionStore store;
    private final SignedIn signedIn;
    private final BrowserSessions sessions;

    public Redemptions(
            Database database,
            OrgClock clock,
            TransactionStore store,
            SignedIn signedIn,
            BrowserSessions sessions) {
        this.database = database;
        this.clock = clock;
        this.store = store;
        this.signedIn = signedIn;
        this.sessions = sessions;
    }

    /**
     * What a browser gets.
     *
     * @param way where it goes: a path of the own host
     * @param cookie the {@code Set-Cookie}
     */
    public record Entered(String way, String cookie) {

        /** Says nothing of the cookie. */
        @Override
        public String toString() {
            return "Entered[" + way + "]";
        }
    }

    /**
     * Spends the token: of any number who come with it, one enters.
     *
     * @throws ApiException {@code E0000011} for a token that is none, none any more, or of a
     *     sign-in that is not done
     */
    public Entered enter(Request request, String stateToken) {
        return database.write(request.org().number(), tx -> entered(tx, request, stateToken))
                .orElseThrow(() -> ApiException.of("E0000011"));
    }

    /** The user is locked before the transaction, as all moves do it. */
    private Optional<Entered> entered(Tx tx, Request request, String stateToken) {
        Optional<String> shown = sessions.of(tx, request).map(Current::sessionId);
        Optional<String> cookie = signedIn.enter(tx, request.org(), stateToken);
        if (cookie.isEmpty()) {
            return Optional.empty();
        }
        Transaction done =
                store.lock(tx, stateToken, clock.now(request.org()))
                        .filter(found -> isOf(found, shown))
                        .orElseThrow(() -> ApiException.of("E0000011"));
        store.delete(tx, stateToken);
        return done.destination().map(app -> new Entered(app.way(), cookie.get()));
    }

    /**
     * A session that there is goes on in the browser that has it: the state token was in an address
     * that others may have seen. What is thrown takes back that it was spent.
     */
    private static boolean isOf(Transaction transaction, Optional<String> shown) {
        return transaction.session().isEmpty() || transaction.session().equals(shown);
    }
}
