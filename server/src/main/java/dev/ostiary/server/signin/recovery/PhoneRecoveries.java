package dev.ostiary.server.signin.recovery;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.CodeHash;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.policy.PasswordDecision.Reach;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.flow.AnswerPace;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Lockouts;
import dev.ostiary.server.signin.flow.Moves;
import dev.ostiary.server.signin.flow.Outcome;
import dev.ostiary.server.signin.flow.Rules;
import java.time.Instant;
import java.util.Optional;

/**
 * Recoveries by SMS and call ("Forgot password with SMS Factor" and its like). Thread-safe.
 *
 * <p>Whoever asks has a state token and waits for a code, whether or not there is such a user, with
 * such a phone, whom the policy lets recover so: only the phone and the log know. A code is six
 * digits, kept as a keyed hash, and of five wrong ones the recovery dies; each counts towards the
 * user's lockout, as a wrong password does. A user is sent one in half a minute, however many ask.
 */
public final class PhoneRecoveries {

    private static final String WRONG = "Your token doesn't match our records. Please try again.";

    private final Database database;
    private final Accounts accounts;
    private final Flow flow;
    private final Recoveries recoveries;
    private final FactorEngine factors;
    private final Tokens tokens;
    private final PhoneCodes codes;
    private final Lockouts lockouts;
    private final ChallengeStore store = new ChallengeStore();

    public PhoneRecoveries(
            Database database,
            Accounts accounts,
            Flow flow,
            Recoveries recoveries,
            FactorEngine factors,
            MessageOutbox outbox,
            Tokens tokens,
            CodeHash codes) {
        this.database = database;
        this.accounts = accounts;
        this.flow = flow;
        this.recoveries = recoveries;
        this.factors = factors;
        this.tokens = tokens;
        this.codes = new PhoneCodes(accounts, factors, outbox, tokens, codes);
        this.lockouts = new Lockouts(accounts.outbox());
    }

    /**
     * A recovery that waits.
     *
     * @param stateToken what the next move is made with
     */
    public record Waiting(String stateToken, Challenge challenge) {

        /** Says nothing of the token. */
        @Override
        public String toString() {
            return "Waiting[" + challenge + "]";
        }
    }

    /** Begins. Nothing of the answer depends on who was asked for. */
    public Waiting begin(
            Request request,
            Purpose purpose,
            Reach way,
            String userName,
            Optional<String> relayState) {
        AnswerPace pace = AnswerPace.start();
        Optional<Recoveries.Asked> asked = recoveries.asked(request, userName);
        String stateToken = tokens.apiToken();
        Instant now = flow.now(request);
        Waiting waiting =
                database.write(
                        request.org().number(),
                        tx -> {
                            Optional<HeldAccount> held =
                                    asked.flatMap(who -> accounts.hold(tx, request, who.account()));
                            Optional<byte[]> code =
                                    asked.isEmpty() || held.isEmpty()
                                            ? nobody(tx, purpose, userName)
                                            : sent(
                                                    tx,
                                                    request.org(),
                                                    new PhoneCodes.Sending(
                                                            purpose, way, stateToken, now),
                                                    held.get().user(),
                                                    asked.get().rules());
                            Challenge challenge =
                                    Challenge.of(
                                            held.filter(user -> code.isPresent())
                                                    .map(user -> user.user().id()),
                                            purpose,
                                            way,
                                            relayState,
                                            code.orElse(null),
                                            now);
                            store.insert(tx, PhoneCodes.hash(stateToken), challenge);
                            return new Waiting(stateToken, challenge);
                        });
        pace.keep();
        return waiting;
    }

    private Optional<byte[]> nobody(Tx tx, Purpose purpose, String userName) {
        tx.emit(recoveries.events().unknown(purpose, userName));
        return Optional.empty();
    }

    private Optional<byte[]> sent(
            Tx tx, Org org, PhoneCodes.Sending sending, User user, Rules rules) {
        FactorKind kind = sending.kind();
        Optional<Enrolment> phone = factors.known().recoveryPhone(tx, user.id(), kind);
        boolean may =
                recoveries.mayRecover(tx, org, sending.purpose(), user, rules)
                        && factors.known().forRecovery(tx, org, kind)
                        && rules.own().ways().contains(sending.way())
                        && phone.isPresent();
        if (!may) {
            tx.emit(recoveries.events().notAllowed(sending.purpose(), user));
            return Optional.empty();
        }
        boolean justNow =
                store.sentSince(tx, user.id(), sending.way(), Challenge.recently(sending.now()));
        return justNow
                ? Optional.empty()
                : Optional.of(codes.send(tx, org, sending, user, phone.orElseThrow()));
    }

    /** Where a recovery stands; empty if the token is none of one that waits. */
    public Optional<Waiting> find(Request request, String stateToken) {
        return database.read(
                        request.org().number(),
                        reader ->
                                store.find(reader, PhoneCodes.hash(stateToken), flow.now(request)))
                .map(challenge -> new Waiting(stateToken, challenge));
    }

    /** Gives one up; whether there was one. */
    public Optional<Outcome> cancel(Request request, String stateToken) {
        return database.write(
                request.org().number(),
                tx -> {
                    Optional<Challenge> there =
                            store.lock(tx, PhoneCodes.hash(stateToken), flow.now(request));
                    there.ifPresent(challenge -> store.delete(tx, PhoneCodes.hash(stateToken)));
                    return there.map(challenge -> new Outcome.Cancelled(challenge.relayState()));
                });
    }

    /**
     * Sends another code.
     *
     * @throws ApiException {@code E0000011} for a token of none, {@code E0000079} for another way,
     *     {@code E0000109} or {@code E0000133} where that is too soon
     */
    public Waiting resend(Request request, String stateToken, Reach way) {
        Challenge seen = require(request, stateToken, way);
        Optional<Account> account = account(request, seen);
        Instant now = flow.now(request);
        return database.write(
                request.org().number(),
                tx -> {
                    Optional<HeldAccount> held =
                            account.flatMap(user -> accounts.hold(tx, request, user));
                    Challenge here =
                            store.lock(tx, PhoneCodes.hash(stateToken), now)
                                    .orElseThrow(() -> ApiException.of("E0000011"));
                    if (here.isTooSoon(now)) {
                        throw ApiException.of(here.way() == Reach.SMS ? "E0000109" : "E0000133");
                    }
                    Optional<byte[]> code =
                            held.flatMap(
                                    user ->
                                            codes.again(
                                                    tx,
                                                    request.org(),
                                                    new PhoneCodes.Sending(
                                                            here.purpose(),
                                                            here.way(),
                                                            stateToken,
                                                            now),
                                                    user.user()));
                    Challenge next = here.again(code.orElse(null), now);
                    store.update(tx, PhoneCodes.hash(stateToken), next);
                    return new Waiting(stateToken, next);
                });
    }

    private Challenge require(Request request, String stateToken, Reach way) {
        Challenge found =
                find(request, stateToken)
                        .map(Waiting::challenge)
                        .orElseThrow(() -> flow.unmoved(request, stateToken));
        if (found.way() != way) {
            throw Moves.notNow();
        }
        return found;
    }

    private Optional<Account> account(Request request, Challenge challenge) {
        return challenge
                .userId()
                .flatMap(
                        user ->
                                database.read(
                                        request.org().number(),
                                        reader -> accounts.byId(reader, user)));
    }

    /**
     * Goes on with the code ("Verify SMS recovery Factor").
     *
     * @throws ApiException {@code E0000011} for a token of none, {@code E0000079} for another way,
     *     {@code E0000068} for a wrong code
     */
    public Outcome verify(Request request, String stateToken, Reach way, String passCode) {
        while (true) {
            Challenge seen = require(request, stateToken, way);
            Optional<Account> account = account(request, seen);
            Optional<Rules> rules = account.map(user -> flow.rules(request, user, Device.UNKNOWN));
            Optional<Tried> tried =
                    database.write(
                            request.org().number(),
                            tx -> {
                                Optional<HeldAccount> held =
                                        account.flatMap(user -> accounts.hold(tx, request, user));
                                return account.isPresent() && held.isEmpty()
                                        ? Optional.<Tried>empty()
                                        : tried(tx, request, stateToken, passCode, held, rules);
                            });
            if (tried.isPresent()) {
                return tried.get()
                        .outcome()
                        .orElseThrow(() -> ApiException.of("E0000068").because(WRONG));
            }
        }
    }

    /** What was committed; without an outcome the code was wrong. */
    private record Tried(Optional<Outcome> outcome) {}

    /** Nothing where somebody else has gone on with it since: then it is judged anew. */
    private Optional<Tried> tried(
            Tx tx,
            Request request,
            String stateToken,
            String passCode,
            Optional<HeldAccount> held,
            Optional<Rules> rules) {
        Instant now = flow.now(request);
        return store.lock(tx, PhoneCodes.hash(stateToken), now)
                .map(here -> tried(tx, request, stateToken, passCode, held, rules, here));
    }

    private Tried tried(
            Tx tx,
            Request request,
            String stateToken,
            String passCode,
            Optional<HeldAccount> held,
            Optional<Rules> rules,
            Challenge here) {
        boolean right = codes.isRight(request.org(), stateToken, here.code(), passCode);
        if (right && held.isPresent() && rules.isPresent()) {
            store.delete(tx, PhoneCodes.hash(stateToken));
            return new Tried(
                    Optional.of(
                            recoveries.proceed(
                                    tx,
                                    request,
                                    held.get(),
                                    rules.get(),
                                    here.purpose(),
                                    here.relayState(),
                                    Optional.of(stateToken))));
        }
        here.failed()
                .ifPresentOrElse(
                        next -> store.update(tx, PhoneCodes.hash(stateToken), next),
                        () -> store.delete(tx, PhoneCodes.hash(stateToken)));
        if (held.isPresent() && rules.isPresent()) {
            tx.emit(recoveries.events().wrong(here.purpose(), held.get()));
            lockouts.failed(tx, request, held.get(), rules.get());
            held.get().save();
        }
        return new Tried(Optional.empty());
    }
}
