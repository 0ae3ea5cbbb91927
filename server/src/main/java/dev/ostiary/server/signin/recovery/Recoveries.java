package dev.ostiary.server.signin.recovery;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.RecoveryTokens;
import dev.ostiary.server.directory.users.RecoveryTokens.Issued;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.policy.PasswordDecision.Reach;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.flow.AnswerPace;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Outcome;
import dev.ostiary.server.signin.flow.Rules;
import dev.ostiary.server.signin.flow.State;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Begins recoveries ("Forgot password", "Unlock account"), and takes their tokens. Thread-safe.
 *
 * <p>A trusted application gets the token, or is told why there is none. Anybody else is told the
 * same of everybody, and the token goes where the user alone reads it; each such request ends in
 * one transaction that writes an event, be there a user or not, so that its time tells nothing.
 */
public final class Recoveries {

    private static final Set<UserStatus> MAY_FORGET =
            EnumSet.of(UserStatus.ACTIVE, UserStatus.PASSWORD_EXPIRED);

    private final Database database;
    private final RecoveryEvents events;
    private final Accounts accounts;
    private final Flow flow;
    private final FactorEngine factors;
    private final SecondSteps seconds;

    public Recoveries(
            Database database,
            EventCatalogue catalogue,
            Accounts accounts,
            Flow flow,
            FactorEngine factors) {
        this.database = database;
        this.events = new RecoveryEvents(catalogue, accounts.events());
        this.accounts = accounts;
        this.flow = flow;
        this.factors = factors;
        this.seconds = new SecondSteps(factors.known());
    }

    /**
     * A recovery whose token the caller hands out.
     *
     * @param user who recovers
     * @param token with what
     */
    public record HandedOut(User user, Issued token) {}

    /**
     * For a trusted application.
     *
     * @throws ApiException {@code E0000095} for an unknown user; {@code E0000034} or {@code
     *     E0000032} for one who may not recover
     */
    public HandedOut handOut(
            Request request, Purpose purpose, String userName, Optional<String> relayState) {
        Asked asked = asked(request, userName).orElseThrow(() -> ApiException.of("E0000095"));
        return database.write(
                request.org().number(),
                tx -> {
                    HeldAccount held =
                            accounts.hold(tx, request, asked.account())
                                    .orElseThrow(() -> ApiException.of("E0000095"));
                    if (!mayRecover(tx, request.org(), purpose, held.user(), asked.rules())) {
                        throw refusal(purpose, held.user());
                    }
                    return new HandedOut(held.user(), issue(tx, purpose, held, relayState));
                });
    }

    /**
     * Who is asked for.
     *
     * @param account that one's account
     * @param rules what holds for it
     */
    record Asked(Account account, Rules rules) {}

    Optional<Asked> asked(Request request, String userName) {
        return database.read(request.org().number(), reader -> accounts.find(reader, userName))
                .map(account -> new Asked(account, flow.rules(request, account, Device.UNKNOWN)));
    }

    /** For anybody: a mail goes to the user, if there is one who may recover. */
    public void mail(
            Request request, Purpose purpose, String userName, Optional<String> relayState) {
        AnswerPace pace = AnswerPace.start();
        Optional<Asked> asked = asked(request, userName);
        database.write(
                request.org().number(),
                tx -> {
                    Optional<HeldAccount> held =
                            asked.flatMap(who -> accounts.hold(tx, request, who.account()));
                    // asked for nobody, too: the time of the answer tells nothing
                    boolean reaches =
                            factors.known().forRecovery(tx, request.org(), FactorKind.EMAIL);
                    if (asked.isEmpty() || held.isEmpty()) {
                        tx.emit(events.unknown(purpose, userName));
                        return held;
                    }
                    User user = held.get().user();
                    Rules rules = asked.get().rules();
                    if (mayRecover(tx, request.org(), purpose, user, rules)
                            && rules.own().ways().contains(Reach.EMAIL)
                            && reaches
                            && mayMail(tx, request.org(), user, rules)) {
                        mail(
                                tx,
                                request,
                                purpose,
                                held.get(),
                                relayState,
                                rules.own().mailsUnenrolled());
                    } else {
                        tx.emit(events.notAllowed(purpose, user));
                    }
                    return held;
                });
        pace.keep();
    }

    /** Whether the address is one that the rule trusts. */
    private boolean mayMail(Reader reader, Org org, User user, Rules rules) {
        return rules.own().mailsUnenrolled()
                || factors.known().enrolments(reader, org, user.id()).stream()
                        .anyMatch(each -> each.kind() == FactorKind.EMAIL && each.active());
    }

    private void mail(
            Tx tx,
            Request request,
            Purpose purpose,
            HeldAccount held,
            Optional<String> relayState,
            boolean everywhere) {
        Issued token = issue(tx, purpose, held, relayState);
        RecoveryTokens tokens = accounts.recoveryTokens();
        switch (purpose) {
            case PASSWORD -> tokens.mailForgotten(tx, request, held.user(), token, everywhere);
            case UNLOCK -> tokens.mailUnlock(tx, request, held.user(), token, everywhere);
            case ACCOUNT_ACTIVATION ->
                    throw new IllegalArgumentException("nobody asks for an invitation");
        }
    }

    private Issued issue(Tx tx, Purpose purpose, HeldAccount held, Optional<String> relayState) {
        tx.emit(events.issued(purpose, held.user()));
        return accounts.recoveryTokens().issue(tx, purpose, held.user(), relayState, held.now());
    }

    /** What the log says of recoveries. */
    RecoveryEvents events() {
        return events;
    }

    boolean mayRecover(Reader reader, Org org, Purpose purpose, User user, Rules rules) {
        return mayRecover(purpose, user, rules) && seconds.of(reader, org, user, rules).isPresent();
    }

    private static boolean mayRecover(Purpose purpose, User user, Rules rules) {
        return switch (purpose) {
            case PASSWORD ->
                    rules.own().resets()
                            && user.hasPassword()
                            && MAY_FORGET.contains(user.status());
            case UNLOCK -> rules.own().unlocks() && user.status() == UserStatus.LOCKED_OUT;
            case ACCOUNT_ACTIVATION -> false;
        };
    }

    private static ApiException refusal(Purpose purpose, User user) {
        return switch (purpose) {
            case PASSWORD, ACCOUNT_ACTIVATION -> ApiException.of("E0000034");
            case UNLOCK ->
                    user.status() == UserStatus.LOCKED_OUT
                            ? ApiException.of("E0000032")
                            : ApiException.of("E0000032").because("The user is not locked out.");
        };
    }

    /**
     * Takes a token, which works once, and goes on with the question, or without where the user has
     * none.
     *
     * @throws ApiException {@code E0000011} if the token is none, or none any more
     */
    public Outcome redeem(Request request, String token) {
        for (Purpose purpose : new Purpose[] {Purpose.PASSWORD, Purpose.UNLOCK}) {
            Optional<Account> account =
                    database.read(
                            request.org().number(), reader -> of(reader, request, purpose, token));
            if (account.isPresent()) {
                return redeem(request, purpose, token, account.get())
                        .orElseThrow(() -> ApiException.of("E0000011"));
            }
        }
        database.write(
                request.org().number(),
                tx -> {
                    tx.emit(events.noToken());
                    return token;
                });
        throw ApiException.of("E0000011");
    }

    private Optional<Account> of(Reader reader, Request request, Purpose purpose, String token) {
        return accounts.recoveryTokens()
                .userOf(reader, purpose, token, flow.now(request))
                .flatMap(user -> accounts.byId(reader, user));
    }

    private Optional<Outcome> redeem(
            Request request, Purpose purpose, String token, Account account) {
        Rules rules = flow.rules(request, account, Device.UNKNOWN);
        return database.write(
                request.org().number(),
                tx -> {
                    Optional<HeldAccount> held = accounts.hold(tx, request, account);
                    return accounts.recoveryTokens()
                            .take(tx, purpose, token, flow.now(request))
                            .flatMap(
                                    taken ->
                                            held.map(
                                                    user ->
                                                            proceed(
                                                                    tx,
                                                                    request,
                                                                    user,
                                                                    rules,
                                                                    purpose,
                                                                    taken.relayState(),
                                                                    Optional.empty())));
                });
    }

    /**
     * What follows for somebody who was reached: the question or a factor, where the policy asks
     * for it; else a new password, or the open account.
     *
     * @param stateToken of the recovery, if it has one
     */
    Outcome proceed(
            Tx tx,
            Request request,
            HeldAccount held,
            Rules rules,
            Purpose purpose,
            Optional<String> relayState,
            Optional<String> stateToken) {
        Optional<SecondSteps.Step> asked =
                seconds.of(tx, request.org(), held.user(), rules)
                        .or(() -> SecondSteps.asAdministratorsWant(held.user()));
        if (asked.isEmpty()) {
            tx.emit(events.notAllowed(purpose, held.user()));
            return new Outcome.Denied();
        }
        if (asked.get() == SecondSteps.Step.NOTHING && purpose == Purpose.UNLOCK) {
            held.unlock();
            held.save();
            return new Outcome.Unlocked(held.user(), relayState);
        }
        State first =
                switch (asked.get()) {
                    case NOTHING -> new State.PasswordReset();
                    case ANSWER -> new State.Recovery();
                    case FACTOR -> new State.MfaRequired();
                };
        Beginning beginning = Beginning.recovery(purpose, relayState);
        return flow.begin(tx, request, held, rules, beginning, first, stateToken);
    }
}
