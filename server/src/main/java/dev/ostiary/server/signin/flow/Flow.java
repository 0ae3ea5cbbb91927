package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.security.behaviours.Behaviours;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.devices.UnknownDevices;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.sessions.SignedIn;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the moves of sign-ins. Thread-safe.
 *
 * <p><b>One winner.</b> A move is judged on what is seen without a lock, since proofs take long. It
 * counts only if the locked rows are still what was seen: the transaction in the same version, the
 * account with the same secrets. Otherwise it is judged anew, on what is there now: mostly a state
 * in which it is not allowed any more. So of any number who make the same move with the same token,
 * one makes it.
 *
 * <p><b>Nobody waits for a second connection.</b> Policies are asked before a transaction begins.
 *
 * <p><b>Nothing half done.</b> The move, what it notes of the account, its events and the session
 * token that it ends with are one database transaction.
 */
public final class Flow {

    /** How much may go wrong where the policy locks nobody out. */
    private static final int MOST_FAILURES = 10;

    /** Who is on the way in. */
    private static final Set<UserStatus> UNDER_WAY =
            EnumSet.of(
                    UserStatus.ACTIVE,
                    UserStatus.PASSWORD_EXPIRED,
                    UserStatus.PROVISIONED,
                    UserStatus.RECOVERY,
                    UserStatus.LOCKED_OUT);

    private final Database database;
    private final OrgClock clock;
    private final Accounts accounts;
    private final WayRules rules;
    private final TransactionStore store;
    private final Passage passage;
    private final Lockouts lockouts;
    private final List<StateTokens> others;

    /**
     * Makes it.
     *
     * @param others state tokens of states that are nobody's yet
     */
    public Flow(
            Database database,
            OrgClock clock,
            Accounts accounts,
            SignInRules rules,
            AppSignOn access,
            SignedIn signedIn,
            Tokens tokens,
            TransactionStore store,
            SignInFactors factors,
            Behaviours behaviours,
            UnknownDevices unknownDevices,
            SignOnLog log,
            List<StateTokens> others) {
        this.database = database;
        this.clock = clock;
        this.accounts = accounts;
        this.rules = new WayRules(rules, access, clock);
        this.store = store;
        this.passage =
                new Passage(store, tokens, factors, signedIn, behaviours, unknownDevices, log);
        this.lockouts = new Lockouts(accounts.outbox());
        this.others = List.copyOf(others);
    }

    /** From where the request came that this thread answers; null where that is not known. */
    public static @Nullable IpAddress address() {
        String text = RequestContext.current().client().ipAddress();
        return text == null ? null : IpAddress.parse(text);
    }

    /** The moment it is for whoever asks. */
    public Instant now(Request request) {
        return clock.now(request.org());
    }

    /**
     * What holds for an account that signs in from a device. May ask the database: not to be called
     * in a transaction.
     */
    public Rules rules(Request request, Account account, Device device) {
        return rules(request, account, device, Optional.empty());
    }

    /** The same on the way into an app, with what that asks. */
    public Rules rules(
            Request request, Account account, Device device, Optional<Destination> destination) {
        return rules.of(request, account, device, destination.map(Destination::app), destination);
    }

    /** Takes as long as {@link #rules} does, for nobody. */
    public void rulesOfNobody(Request request, Device device, Optional<Destination> destination) {
        rules.ofNobody(request, device, destination);
    }

    /** Whether the account's password has come of age. */
    public static boolean isExpired(HeldAccount account, Rules rules) {
        return Progress.isExpired(account.user(), rules.password(), account.now());
    }

    /** Whole days until a password expires; 0 where it never does, or already has. */
    public long daysLeft(Request request, Outcome.Waiting waiting) {
        return Progress.daysLeft(waiting.user(), waiting.rules().password(), now(request))
                .orElse(0L);
    }

    /** The transaction before the choice that was made. */
    public static Transaction previous(Transaction transaction) {
        return switch (transaction.state()) {
            case State.MfaChallenge challenge -> transaction.at(new State.MfaRequired());
            case State.MfaEnrollActivate enrolled -> transaction.at(new State.MfaEnroll(false));
            case State.MfaRequired first -> transaction;
            case State.MfaEnroll first -> transaction;
            case State.PasswordWarn first -> transaction;
            case State.PasswordExpired first -> transaction;
            case State.PasswordReset first -> transaction;
            case State.Recovery first -> transaction;
            case State.Success last -> transaction;
        };
    }

    /** The transaction without the state that it is in. */
    public static Transaction passingOver(Transaction transaction) {
        return transaction.passingOver();
    }

    /** Begins with what remains to be done, within the caller's transaction. */
    public Outcome begin(
            Tx tx, Request request, HeldAccount account, Rules rules, Beginning beginning) {
        return passage.begin(tx, request, account, rules, beginning);
    }

    /** Begins in a state. */
    public Outcome begin(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules rules,
            Beginning beginning,
            State state) {
        return begin(tx, request, account, rules, beginning, state, Optional.empty());
    }

    /**
     * Begins in a state.
     *
     * @param stateToken what it goes on with; a new one where there is none
     */
    public Outcome begin(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules rules,
            Beginning beginning,
            State state,
            Optional<String> stateToken) {
        return passage.begin(tx, request, account, rules, beginning, state, stateToken);
    }

    /**
     * Makes a move.
     *
     * @throws ApiException {@code E0000011} for a token that is none, or none any more; {@code
     *     E0000079} if the state does not allow it; whatever the step refuses with
     */
    public Outcome move(Request request, String stateToken, Move move, Step step) {
        while (true) {
            Found found =
                    database.read(
                            request.org().number(), reader -> find(reader, request, stateToken));
            Moves.require(found.transaction().state(), move);
            Rules valid =
                    rules.of(
                            request,
                            found.account(),
                            found.transaction().device(),
                            found.transaction().app(),
                            found.transaction().destination());
            Step.Judgment judgment =
                    step.judge(new Step.Seen(request, found.transaction(), found.account(), valid));
            Optional<Made> made =
                    switch (judgment) {
                        case Step.Granted(Step.Deed deed) ->
                                apply(request, stateToken, found, valid, deed);
                        case Step.Refused refused -> {
                            note(request, stateToken, found.account(), valid, refused);
                            throw refused.answer();
                        }
                    };
            if (made.isPresent()) {
                return made.get().outcome();
            }
        }
    }

    /** What was committed: a move, or that it was refused. */
    private sealed interface Made {

        /**
         * What came of it.
         *
         * @throws ApiException if it was refused
         */
        Outcome outcome();

        record Moved(Outcome outcome) implements Made {}

        record Refused(ApiException answer) implements Made {
            @Override
            public Outcome outcome() {
                throw answer;
            }
        }
    }

    private record Found(Transaction transaction, Account account) {}

    private Found find(Reader reader, Request request, String stateToken) {
        Transaction transaction =
                store.find(reader, stateToken, now(request))
                        .orElseThrow(() -> unmoved(reader, request, stateToken));
        return new Found(
                transaction,
                accounts.byId(reader, transaction.userId()).orElseThrow(Flow::invalid));
    }

    /**
     * Why a token that is none of the states in which a move is possible does not make it: {@code
     * E0000079} if it is one of other states, and {@code E0000011} if it is none at all ("State
     * token").
     */
    public ApiException unmoved(Request request, String stateToken) {
        return database.read(
                request.org().number(),
                reader ->
                        store.find(reader, stateToken, now(request)).isPresent()
                                ? Moves.notNow()
                                : unmoved(reader, request, stateToken));
    }

    private ApiException unmoved(Reader reader, Request request, String stateToken) {
        return others.stream().anyMatch(each -> each.isOne(reader, request, stateToken))
                ? Moves.notNow()
                : invalid();
    }

    private Optional<Made> apply(
            Request request, String stateToken, Found found, Rules valid, Step.Deed deed) {
        return database.write(
                request.org().number(),
                tx -> {
                    Optional<HeldAccount> held = accounts.hold(tx, request, found.account());
                    Transaction here =
                            store.lock(tx, stateToken, now(request)).orElseThrow(Flow::invalid);
                    if (held.isEmpty() || here.version() != found.transaction().version()) {
                        return Optional.empty();
                    }
                    requireUnderWay(held.get().user(), here);
                    return Optional.of(
                            made(tx, request, stateToken, held.get(), here, valid, deed));
                });
    }

    private Made made(
            Tx tx,
            Request request,
            String stateToken,
            HeldAccount account,
            Transaction here,
            Rules valid,
            Step.Deed deed) {
        Optional<String> token = Optional.of(stateToken);
        return switch (deed.apply(tx, account, here)) {
            case Step.Onward(Transaction next) ->
                    new Made.Moved(passage.onward(tx, request, account, valid, next, token));
            case Step.Rest next ->
                    new Made.Moved(passage.rest(tx, request, account, valid, next, token));
            case Step.Opened opened -> {
                store.delete(tx, stateToken);
                account.save();
                yield new Made.Moved(new Outcome.Unlocked(account.user(), here.relayState()));
            }
            case Step.End end -> {
                store.delete(tx, stateToken);
                yield new Made.Moved(new Outcome.Cancelled(here.relayState()));
            }
            case Step.Turned(ApiException answer) -> {
                count(tx, request, stateToken, here, account, valid);
                yield new Made.Refused(answer);
            }
        };
    }

    /** Whoever was locked, or has left, goes no further; who opens a lock is locked. */
    private static void requireUnderWay(User user, Transaction transaction) {
        boolean locked = user.status() == UserStatus.LOCKED_OUT;
        if (!UNDER_WAY.contains(user.status()) || (locked && transaction.recovery().isEmpty())) {
            throw invalid();
        }
    }

    /**
     * A refusal is logged, and counted where somebody tried to get in, in a transaction of its own.
     * Nobody guesses for ever with one state token, be the account locked already or not.
     */
    private void note(
            Request request,
            String stateToken,
            Account account,
            Rules valid,
            Step.Refused refused) {
        database.write(
                request.org().number(),
                tx -> {
                    tx.emit(refused.event());
                    if (refused.counts()) {
                        Optional<HeldAccount> held = accounts.hold(tx, request, account);
                        Optional<Transaction> here = store.lock(tx, stateToken, now(request));
                        if (held.isPresent() && here.isPresent()) {
                            count(tx, request, stateToken, here.get(), held.get(), valid);
                        }
                    }
                    return refused;
                });
    }

    private void count(
            Tx tx,
            Request request,
            String stateToken,
            Transaction here,
            HeldAccount held,
            Rules valid) {
        int most = valid.password().maxAttempts();
        lockouts.failed(tx, request, held, valid);
        Transaction failed = here.failed();
        if (failed.failures() < (most > 0 ? most : MOST_FAILURES)) {
            store.update(tx, stateToken, failed);
        } else {
            store.delete(tx, stateToken);
        }
        held.save();
    }

    private static ApiException invalid() {
        return ApiException.of("E0000011");
    }
}
