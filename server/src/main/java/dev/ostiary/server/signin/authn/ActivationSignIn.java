package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Outcome;
import dev.ostiary.server.signin.flow.Rules;
import dev.ostiary.server.signin.flow.State;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The token of an invitation ("Primary authentication with activation token"): it signs in whoever
 * has a password, and lets choose one whoever has none. It works once. Thread-safe.
 */
final class ActivationSignIn {

    private static final Set<UserStatus> INVITED =
            EnumSet.of(UserStatus.PROVISIONED, UserStatus.ACTIVE, UserStatus.PASSWORD_EXPIRED);

    private final Database database;
    private final Accounts accounts;
    private final Flow flow;

    ActivationSignIn(Database database, Accounts accounts, Flow flow) {
        this.database = database;
        this.accounts = accounts;
        this.flow = flow;
    }

    /**
     * What follows the token.
     *
     * @throws ApiException {@code E0000004} if it is none, or none any more
     */
    Outcome redeem(Request request, String token, Beginning beginning) {
        return database.read(request.org().number(), reader -> invited(reader, request, token))
                .flatMap(account -> redeem(request, token, account, beginning))
                .orElseThrow(() -> ApiException.of("E0000004"));
    }

    private Optional<Account> invited(Reader reader, Request request, String token) {
        return accounts.recoveryTokens()
                .userOf(reader, Purpose.ACCOUNT_ACTIVATION, token, flow.now(request))
                .flatMap(user -> accounts.byId(reader, user))
                .filter(account -> INVITED.contains(account.user().status()));
    }

    private Optional<Outcome> redeem(
            Request request, String token, Account account, Beginning beginning) {
        Rules rules = flow.rules(request, account, beginning.device());
        return database.write(
                request.org().number(),
                tx -> {
                    Optional<HeldAccount> held = accounts.hold(tx, request, account);
                    return accounts.recoveryTokens()
                            .take(tx, Purpose.ACCOUNT_ACTIVATION, token, flow.now(request))
                            .flatMap(taken -> held)
                            .filter(user -> INVITED.contains(user.user().status()))
                            .flatMap(user -> in(tx, request, rules, user, beginning));
                });
    }

    private Optional<Outcome> in(
            Tx tx, Request request, Rules rules, HeldAccount held, Beginning beginning) {
        if (!rules.admitted()) {
            return Optional.empty();
        }
        if (held.user().hasPassword()) {
            held.activate();
            return Optional.of(flow.begin(tx, request, held, rules, beginning));
        }
        Beginning invited =
                new Beginning(
                        beginning.proofs(),
                        beginning.options(),
                        Optional.of(Purpose.ACCOUNT_ACTIVATION),
                        beginning.relayState(),
                        beginning.device());
        return Optional.of(
                flow.begin(tx, request, held, rules, invited, new State.PasswordReset()));
    }
}
