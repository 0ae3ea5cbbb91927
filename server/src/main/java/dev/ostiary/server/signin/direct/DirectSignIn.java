package dev.ostiary.server.signin.direct;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorContext;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.PushTransaction;
import dev.ostiary.server.signin.factors.Verification;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Lockouts;
import dev.ostiary.server.signin.flow.Rules;
import dev.ostiary.server.signin.flow.SignInFactors;
import dev.ostiary.server.signin.flow.SignOnLog;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Proofs over the factors' engine. Each try holds the account: a wrong one counts for the factor
 * and for the account, in one transaction with the events, so that as many may be wrong as the
 * policy allows, whichever way they come. A right one starts no session. Thread-safe.
 */
public final class DirectSignIn implements DirectProofs {

    private static final String TOO_MANY = "E0000047";

    /** Tokens that show passwords. */
    private static final Set<FactorKind> OTP =
            EnumSet.of(FactorKind.TOTP, FactorKind.GOOGLE, FactorKind.HOTP, FactorKind.YUBIKEY);

    private final Database database;
    private final Accounts accounts;
    private final Flow flow;
    private final SignInFactors factors;
    private final Lockouts lockouts;
    private final SignOnLog log;

    /** Proofs of these accounts. */
    public DirectSignIn(
            Database database, Accounts accounts, Flow flow, SignInFactors factors, SignOnLog log) {
        this.database = database;
        this.accounts = accounts;
        this.flow = flow;
        this.factors = factors;
        this.lockouts = new Lockouts(accounts.outbox());
        this.log = log;
    }

    private FactorEngine engine() {
        return factors.engine();
    }

    @Override
    public Optional<String> find(Request request, String name) {
        return database.read(
                request.org().number(),
                reader -> accounts.find(reader, name).map(account -> account.user().id()));
    }

    @Override
    public Means means(Request request, String userId) {
        Set<FactorKind> kinds = EnumSet.noneOf(FactorKind.class);
        database.read(
                        request.org().number(),
                        reader -> engine().known().provable(reader, request.org(), userId))
                .forEach(each -> kinds.add(each.kind()));
        return new Means(
                kinds.stream().anyMatch(OTP::contains),
                Arrays.stream(Channel.values())
                        .filter(each -> kinds.contains(kind(each)))
                        .toList());
    }

    private static FactorKind kind(Channel channel) {
        return switch (channel) {
            case PUSH -> FactorKind.PUSH;
            case SMS -> FactorKind.SMS;
            case VOICE -> FactorKind.CALL;
        };
    }

    @Override
    public Asked ask(Request request, String userId, Channel channel, Optional<String> message) {
        try {
            return held(
                            request,
                            userId,
                            (tx, account) -> asked(tx, request, account, channel, message))
                    .orElseGet(Asked.Refused::new);
        } catch (ApiException tooOften) {
            // the engine's: too many questions are open, or the last code is too young
            return new Asked.TooOften();
        }
    }

    private Asked asked(
            Tx tx,
            Request request,
            HeldAccount account,
            Channel channel,
            Optional<String> message) {
        Optional<Enrolment> factor =
                active(tx, request, account).stream()
                        .filter(each -> each.kind() == kind(channel))
                        .findFirst();
        if (factor.isEmpty()) {
            return new Asked.NotEnrolled();
        }
        FactorContext at = factors.context(tx, request, account);
        String id = factor.get().id();
        Verification asked =
                channel == Channel.PUSH
                        ? engine().ask(at, id, message.orElse(null))
                        : engine().challenge(at, id, Optional.empty(), false);
        return new Asked.Sent(
                id,
                asked instanceof Verification.Waiting waiting
                        ? Optional.of(waiting.transaction().id())
                        : Optional.empty());
    }

    private List<Enrolment> active(Tx tx, Request request, HeldAccount account) {
        return engine().known().provable(tx, request.org(), account.user().id());
    }

    @Override
    public Proof otp(Request request, String userId, String otp, Alone alone) {
        return proof(
                request,
                userId,
                alone,
                (tx, account) -> {
                    List<Enrolment> tokens =
                            active(tx, request, account).stream()
                                    .filter(each -> OTP.contains(each.kind()))
                                    .toList();
                    return first(
                            tokens,
                            token ->
                                    engine().verify(
                                                    factors.context(tx, request, account),
                                                    token.id(),
                                                    dev.ostiary.server.signin.factors.Proof.code(
                                                            otp)));
                });
    }

    /** The first that is right; the last where none is. Every one that was tried counts. */
    private static Optional<Verification> first(
            List<Enrolment> tokens, Function<Enrolment, Verification> verify) {
        Optional<Verification> last = Optional.empty();
        for (Enrolment token : tokens) {
            Verification verification = verify.apply(token);
            last = Optional.of(verification);
            if (verification instanceof Verification.Success) {
                return last;
            }
        }
        return last;
    }

    @Override
    public Proof code(Request request, String userId, String factorId, String code, Alone alone) {
        try {
            return proof(
                    request,
                    userId,
                    alone,
                    (tx, account) ->
                            Optional.of(
                                    engine().verify(
                                                    factors.context(tx, request, account),
                                                    factorId,
                                                    dev.ostiary.server.signin.factors.Proof.code(
                                                            code))));
        } catch (ApiException unknown) {
            // the factor is no more
            return new Proof.Gone();
        }
    }

    @Override
    public Proof answer(
            Request request, String userId, String factorId, String question, Alone alone) {
        try {
            Verification seen =
                    database.read(
                            request.org().number(),
                            reader ->
                                    engine().poll(
                                                    reader,
                                                    userId,
                                                    factorId,
                                                    question,
                                                    flow.now(request)));
            if (!(seen instanceof Verification.Success)) {
                return unproven(seen);
            }
            Proof proof =
                    proof(
                            request,
                            userId,
                            alone,
                            (tx, account) ->
                                    redeemed(
                                            factors.context(tx, request, account),
                                            factorId,
                                            question));
            return proof instanceof Proof.NotEnrolled ? new Proof.Gone() : proof;
        } catch (ApiException unknown) {
            // the factor, or the question to it, is no more
            return new Proof.Gone();
        }
    }

    /** An answer that somebody else was faster with is no wrong one. */
    private Optional<Verification> redeemed(FactorContext at, String factorId, String question) {
        return Optional.of(engine().redeem(at, factorId, question))
                .filter(Verification.Success.class::isInstance);
    }

    private static Proof unproven(Verification seen) {
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
    private interface Try {
        Optional<Verification> made(Tx tx, HeldAccount account);
    }

    private Proof proof(Request request, String userId, Alone alone, Try attempt) {
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
        return new Proof.Proven(account.now(), SignInFactors.amr(proven.enrolment().kind()));
    }

    private interface Held<T> {
        T done(Tx tx, HeldAccount account);
    }

    private interface Ruled<T> {
        T done(Tx tx, HeldAccount account, Rules rules);
    }

    private <T> Optional<T> held(Request request, String userId, Held<T> deed) {
        return withRules(request, userId, (tx, account, rules) -> deed.done(tx, account));
    }

    /** Done while the account is held; empty for whoever may not come in. */
    private <T> Optional<T> withRules(Request request, String userId, Ruled<T> deed) {
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
            tx.emit(
                    log.failed(
                            account.user(),
                            rules,
                            status == UserStatus.LOCKED_OUT ? "LOCKED_OUT" : "VERIFICATION_ERROR"));
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
}
