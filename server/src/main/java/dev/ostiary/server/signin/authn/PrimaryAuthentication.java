package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.security.threat.Threats;
import dev.ostiary.server.signin.devices.UnknownDevices;
import dev.ostiary.server.signin.flow.AnswerPace;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Lockouts;
import dev.ostiary.server.signin.flow.Outcome;
import dev.ostiary.server.signin.flow.Rules;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.sessions.Proofs;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The password ("Primary authentication"). Thread-safe.
 *
 * <p>Whatever is wrong, the answer is 401 {@code E0000004} and nothing else: a hash is computed for
 * nobody too, every attempt ends in one transaction that writes an event, the body is the same, and
 * it leaves at a step of time ({@link AnswerPace}). Only the log knows the reason.
 *
 * <p>The hash is checked before the account is held, and counted while it is: so of fifty attempts
 * at once no more than the policy allows are ever answered, in whatever order they come.
 */
final class PrimaryAuthentication {

    /** Whose password signs in. */
    private static final Set<UserStatus> OPEN =
            EnumSet.of(UserStatus.ACTIVE, UserStatus.PASSWORD_EXPIRED);

    private final Database database;
    private final PasswordLog log;
    private final Accounts accounts;
    private final Flow flow;
    private final Threats threats;
    private final UnknownDevices unknownDevices;
    private final Lockouts lockouts;

    PrimaryAuthentication(
            Database database,
            EventCatalogue events,
            Accounts accounts,
            Flow flow,
            Threats threats,
            UnknownDevices unknownDevices) {
        this.database = database;
        this.log = new PasswordLog(events);
        this.accounts = accounts;
        this.flow = flow;
        this.threats = threats;
        this.unknownDevices = unknownDevices;
        this.lockouts = new Lockouts(accounts.outbox());
    }

    /**
     * What follows the password.
     *
     * @throws ApiException {@code E0000004} if it is wrong, or may not sign in; {@code E0000006} if
     *     the address is blocked
     */
    Outcome authenticate(
            Request request, String userName, String password, Beginning wanted, Aim aim) {
        AnswerPace pace = AnswerPace.start();
        Beginning beginning = wanted.to(aim.destination());
        Threats.Watched watched = threats.at(request.org(), Flow.address());
        while (true) {
            Claimed claimed = claimed(request, watched, userName, password, beginning);
            Optional<Attempt> attempt =
                    RequestContext.bind(told(claimed.threat()))
                            .call(
                                    () ->
                                            database.write(
                                                    request.org().number(),
                                                    tx ->
                                                            attempt(
                                                                    tx, request, claimed, beginning,
                                                                    aim)));
            if (attempt.isPresent()) {
                if (attempt.get() instanceof Attempt.Refused) {
                    pace.keep();
                }
                return attempt.get().outcome();
            }
        }
    }

    /** Every event of an attempt from an address that is suspected says so. */
    private static RequestContext told(Threats.Verdict threat) {
        RequestContext context = RequestContext.current();
        return threat.suspected() ? context.withDebugData("threatSuspected", "true") : context;
    }

    /**
     * What somebody claims, and what is known of it before anything is held.
     *
     * @param account whose the name is; empty for nobody's
     * @param rules what holds for that one
     * @param right whether the password is that one's
     * @param better hash of it, where the present one is old
     * @param breached what becomes of it, where others have it
     * @param watched the address
     * @param threat what is to be done about that
     */
    private record Claimed(
            String userName,
            Optional<Account> account,
            Optional<Rules> rules,
            boolean right,
            Optional<String> better,
            Optional<PasswordPolicy.Breached> breached,
            Threats.Watched watched,
            Threats.Verdict threat) {}

    private record Seen(Threats.Verdict threat, Optional<Account> account) {}

    private Claimed claimed(
            Request request,
            Threats.Watched watched,
            String userName,
            String password,
            Beginning beginning) {
        Seen seen =
                database.lookUp(
                        request.org().number(),
                        reader ->
                                new Seen(
                                        watched.judge(reader, flow.now(request)),
                                        accounts.find(reader, userName)));
        if (seen.threat() == Threats.Verdict.BLOCKED) {
            throw blocked(request, watched);
        }
        Optional<Account> account = seen.account();
        boolean right = accounts.isPassword(account, password);
        if (account.isEmpty()) {
            flow.rulesOfNobody(request, beginning.device(), beginning.destination());
        }
        Optional<Rules> rules =
                account.map(
                        found ->
                                flow.rules(
                                        request,
                                        found,
                                        beginning.device(),
                                        beginning.destination()));
        return new Claimed(
                userName,
                account,
                rules,
                right,
                account.filter(found -> right)
                        .flatMap(found -> accounts.betterHash(found, password)),
                rules.filter(found -> right)
                        .flatMap(found -> found.password().breached())
                        .filter(terms -> accounts.isBreached(password)),
                watched,
                seen.threat());
    }

    /** Nothing is proven, and nothing hashed, for whoever is blocked. */
    private ApiException blocked(Request request, Threats.Watched watched) {
        database.write(
                request.org().number(),
                tx -> {
                    watched.tell(tx, Threats.Verdict.BLOCKED, flow.now(request));
                    return watched;
                });
        return ApiException.forbidden();
    }

    /** One attempt that was counted. */
    private sealed interface Attempt {

        Attempt FAILED = new Refused("E0000004");

        /**
         * What came of it.
         *
         * @throws ApiException if it failed
         */
        Outcome outcome();

        record Passed(Outcome outcome) implements Attempt {}

        record Turned(ApiException answer) implements Attempt {
            @Override
            public Outcome outcome() {
                throw answer;
            }
        }

        record Refused(String code) implements Attempt {
            @Override
            public Outcome outcome() {
                throw ApiException.of(code);
            }
        }
    }

    /** Empty if the account has changed since it was seen. */
    private Optional<Attempt> attempt(
            Tx tx, Request request, Claimed claimed, Beginning beginning, Aim aim) {
        if (claimed.account().isEmpty() || claimed.rules().isEmpty()) {
            accounts.holdNobody(tx, request);
            watch(tx, request, claimed);
            tx.emit(log.unknown(claimed.userName()));
            return Optional.of(Attempt.FAILED);
        }
        Rules rules = claimed.rules().get();
        return accounts.hold(tx, request, claimed.account().get())
                .map(held -> decide(tx, request, held, rules, claimed, beginning, aim));
    }

    private void watch(Tx tx, Request request, Claimed claimed) {
        Instant now = flow.now(request);
        claimed.watched().tell(tx, claimed.threat(), now);
        if (!claimed.right()) {
            claimed.watched().failed(tx, claimed.threat(), now);
        }
    }

    private Attempt decide(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules rules,
            Claimed claimed,
            Beginning beginning,
            Aim aim) {
        Lockouts.openInTime(account, rules);
        watch(tx, request, claimed);
        if (account.user().status() == UserStatus.LOCKED_OUT || isKeptOut(tx, account, rules)) {
            return locked(tx, account, rules);
        }
        if (!claimed.right()) {
            boolean locks = count(tx, request, account, rules);
            account.save();
            tx.emit(log.wrong(account));
            tx.emit(log.failed(account, rules, "INVALID_CREDENTIALS"));
            return locks && rules.own().showsLockout() ? shownLock() : Attempt.FAILED;
        }
        if (!OPEN.contains(account.user().status())) {
            tx.emit(log.failed(account, rules, "GENERAL_NONSUCCESS"));
            return Attempt.FAILED;
        }
        tx.emit(log.proven(account));
        account.proven(claimed.better());
        claimed.breached().ifPresent(account::breached);
        if (account.user().status() == UserStatus.ACTIVE && Flow.isExpired(account, rules)) {
            account.expire();
        }
        Optional<ApiException> refusal = aim.gate().refusal(tx, account.user().id());
        if (refusal.isPresent()) {
            account.save();
            tx.emit(log.failed(account, rules, "VERIFICATION_ERROR"));
            return new Attempt.Turned(refusal.get());
        }
        Beginning proven = beginning.proving(Proofs.NONE.withPassword(account.now()));
        return new Attempt.Passed(flow.begin(tx, request, account, rules, proven));
    }

    /** Whether devices that nobody knows are refused, and this is one. */
    private boolean isKeptOut(Tx tx, HeldAccount account, Rules rules) {
        return rules.lockout() == Rules.Lockout.UNKNOWN_DEVICES
                && unknownDevices.areLocked(
                        tx,
                        account.user().id(),
                        rules.password().autoUnlockMinutes(),
                        account.now());
    }

    private boolean count(Tx tx, Request request, HeldAccount account, Rules rules) {
        return switch (rules.lockout()) {
            case ACCOUNT, OWN_DEVICES -> lockouts.failed(tx, request, account, rules);
            case UNKNOWN_DEVICES ->
                    unknownDevices.failed(
                            tx, account.user().id(), rules.password().maxAttempts(), account.now());
        };
    }

    private Attempt locked(Tx tx, HeldAccount account, Rules rules) {
        tx.emit(log.failed(account, rules, "LOCKED_OUT"));
        return rules.own().showsLockout() ? shownLock() : Attempt.FAILED;
    }

    private static Attempt shownLock() {
        return new Attempt.Passed(new Outcome.LockedOut());
    }
}
