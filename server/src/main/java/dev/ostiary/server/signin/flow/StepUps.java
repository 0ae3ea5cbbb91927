package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.devices.DeviceCookie;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.sessions.Proofs;
import java.util.Optional;
import java.util.Set;

/**
 * Lets somebody who has a session prove more than the session shows, by the moves of a sign-in: the
 * beginning of it. It ends with a token with which the browser takes its session up again, which
 * knows of it then. Thread-safe.
 */
public final class StepUps {

    private final Database database;
    private final Accounts accounts;
    private final SignInRules rules;
    private final Flow flow;

    public StepUps(Database database, Accounts accounts, SignInRules rules, Flow flow) {
        this.database = database;
        this.accounts = accounts;
        this.rules = rules;
        this.flow = flow;
    }

    /**
     * Begins. May ask the database: not to be called in a transaction.
     *
     * @param sessionId the session
     * @param userId whose it is
     * @param proofs what it shows
     * @param methods of which one has to be proven
     * @param app on the way to which app
     * @param enrols whether a factor may be enrolled for it; else only one that is there is asked
     *     for
     * @return the state token; nothing where the user has no factor that is wanted, and may not
     *     enrol one
     */
    public Optional<String> begin(
            Request request,
            String sessionId,
            String userId,
            Proofs proofs,
            Set<Method> methods,
            Situation.App app,
            boolean enrols) {
        return begin(request, sessionId, userId, proofs, methods, app, Optional.empty(), enrols);
    }

    /** The same by a page of the org's own, from which it leads into the app. */
    public Optional<String> begin(
            Request request,
            String sessionId,
            String userId,
            Proofs proofs,
            Set<Method> methods,
            Destination destination) {
        return begin(
                request,
                sessionId,
                userId,
                proofs,
                methods,
                destination.app(),
                Optional.of(destination),
                true);
    }

    private Optional<String> begin(
            Request request,
            String sessionId,
            String userId,
            Proofs proofs,
            Set<Method> methods,
            Situation.App app,
            Optional<Destination> destination,
            boolean enrols) {
        StepUp asked = new StepUp(Optional.of(sessionId), flow.now(request), methods, app);
        Device device = new Device(DeviceCookie.of(request), Optional.empty());
        while (true) {
            Optional<Account> account =
                    database.read(request.org().number(), reader -> accounts.byId(reader, userId));
            if (account.isEmpty()) {
                return Optional.empty();
            }
            Optional<Outcome> outcome =
                    begin(
                            request,
                            account.get(),
                            rules.of(request, account.get(), device, Optional.of(app)),
                            Beginning.stepUp(proofs, device, asked, destination));
            if (outcome.isPresent()) {
                return outcome.get() instanceof Outcome.Waiting waiting
                                && (enrols || isThere(waiting))
                        ? Optional.of(waiting.stateToken())
                        : Optional.empty();
            }
        }
    }

    private static boolean isThere(Outcome.Waiting waiting) {
        return waiting.transaction().state() instanceof State.MfaRequired;
    }

    /** Empty if the account has changed since it was seen. */
    private Optional<Outcome> begin(
            Request request, Account account, Rules valid, Beginning beginning) {
        return database.write(
                request.org().number(),
                tx ->
                        accounts.hold(tx, request, account)
                                .map(held -> flow.begin(tx, request, held, valid, beginning)));
    }
}
