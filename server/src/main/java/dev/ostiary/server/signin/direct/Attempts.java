package dev.ostiary.server.signin.direct;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.direct.DirectProofs.Alone;
import dev.ostiary.server.signin.direct.DirectProofs.Proof;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.PushTransaction;
import dev.ostiary.server.signin.factors.Verification;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Lockouts;
import dev.ostiary.server.signin.flow.Rules;
import dev.ostiary.server.signin.flow.SignInFactors;
import dev.ostiary.server.signin.flow.SignOnLog;
import java.util.Optional;

/**
 * What holds of every attempt to prove a factor without pages: it holds the account, and a wrong
 * one counts for it, in one transaction with the events, so that as many may be wrong as the policy
 * allows, whichever way they come. Thread-safe.
 */
final class Attempts {

    private static final String TOO_MANY = "E0000047";

    private final Database database;
    private final Accounts accounts;
    private final Flow flow;
    private final Lockouts lockouts;
    private final SignOnLog log;

    Attempts(Database database, Accounts accounts, Flow flow, SignOnLog log) {
        this.database = database;
        this.accounts = accounts;
        this.flow = flow;
        this.lockouts = new Lockouts(accounts.outbox());
        this.log = log;
    }

    /** What came of a step with a factor that has not proven anybody. */
    static Proof unproven(Verification seen) {
        return switch (seen) {
            case Verification.Waiting waiting -> new Proof.Pending();
            case Verification.Ended ended ->
                    ended.transaction().result() == PushTransaction.Result.REJECTED
                            ? new Proof.Rejected()
                            : new Proof.Gone();
            case Verification.Rejected rejected ->
                    rejected.error().code().equals(TOO_MANY)
                            ? new Proof.TooOften()
                            : new Proof.Wrong();
            case Verification.Challenged challenged -> new Proof.Pending();
            case Verification.Success success -> new Proof.Gone();
        };
    }

    /** A try, with the account held; nothing where there is nothing to be tried. */
    @FunctionalInterface
    interface Try {
        Optional<Verification> made(Tx tx, HeldAccount account);
    }

    /** What came of a try; wrong ones count, and the log is told. */
    Proof proof(Request request, String userId, Alone alone, Try attempt) {
        return withRules(
                        request,
                        userId,
                        (tx, account, rules) ->
                                attempt.made(tx, account)
                                        .map(
                                                tried ->
                                                        judged(
                                                                tx, request, account, rules, alone,
                                                                tried))
                                        .orElseGet(Proof.NotEnrolled::new))
                .orElseGet(Proof.Refused::new);
    }

    private Proof judged(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules rules,
            Alone alone,
            Verification tried) {
        if (!(tried instanceof Verification.Success proven)) {
            Proof unproven = unproven(tried);
            if (unproven instanceof Proof.Wrong) {
                lockouts.failed(tx, request, account, rules);
            }
            return unproven;
        }
        if (alone == Alone.YES && (rules.factor() || rules.signOn().passwordFirst())) {
            tx.emit(log.denied(account.user(), rules));
            tx.emit(log.refused(account.user(), rules));
            return new Proof.Refused();
        }
        account.signIn();
        tx.emit(log.allowed(account.user(), rules));
        tx.emit(log.started(account.user(), rules));
        FactorKind kind = proven.enrolment().kind();
        return new Proof.Proven(
                account.now(),
                SignInFactors.amr(kind),
                SignInFactors.method(kind, proven.verified()));
    }

    /** Something that is done while the account is held. */
    @FunctionalInterface
    interface Ruled<T> {
        T done(Tx tx, HeldAccount account, Rules rules);
    }

    /** Done while the account is held; empty for whoever may not come in. */
    <T> Optional<T> withRules(Request request, String userId, Ruled<T> deed) {
        while (true) {
            Optional<Account> seen =
                    database.read(request.org().number(), reader -> accounts.byId(reader, userId));
            if (seen.isEmpty()) {
                return Optional.empty();
            }
            Rules rules = flow.rules(request, seen.get(), Device.UNKNOWN);
            Optional<Optional<T>> done =
                    database.write(
                            request.org().number(),
                            tx ->
                                    accounts.hold(tx, request, seen.get())
                                            .map(account -> admitted(tx, account, rules, deed)));
            if (done.isPresent()) {
                return done.get();
            }
        }
    }

    private <T> Optional<T> admitted(Tx tx, HeldAccount account, Rules rules, Ruled<T> deed) {
        Lockouts.openInTime(account, rules);
        UserStatus status = account.user().status();
        if (status != UserStatus.ACTIVE) {
            tx.emit(log.failed(account.user(), rules, reason(status)));
            account.save();
            return Optional.empty();
        }
        if (!rules.admitted()) {
            tx.emit(log.denied(account.user(), rules));
            tx.emit(log.refused(account.user(), rules));
            account.save();
            return Optional.empty();
        }
        T done = deed.done(tx, account, rules);
        account.save();
        return Optional.of(done);
    }

    private static String reason(UserStatus status) {
        return switch (status) {
            case LOCKED_OUT -> "LOCKED_OUT";
            case PASSWORD_EXPIRED -> "PASSWORD_EXPIRED";
            case STAGED, PROVISIONED, ACTIVE, RECOVERY, SUSPENDED, DEPROVISIONED ->
                    "GENERAL_NONSUCCESS";
        };
    }
}
