package dev.ostiary.server.signin.direct;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.security.behaviours.Risk;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorContext;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.UserKeys;
import dev.ostiary.server.signin.factors.Verification;
import dev.ostiary.server.signin.flow.Flow;
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

    /** Tokens that show passwords. */
    private static final Set<FactorKind> OTP =
            EnumSet.of(FactorKind.TOTP, FactorKind.GOOGLE, FactorKind.HOTP, FactorKind.YUBIKEY);

    private final Database database;
    private final Accounts accounts;
    private final Flow flow;
    private final SignInFactors factors;
    private final Attempts attempts;

    /** Proofs of these accounts. */
    public DirectSignIn(
            Database database, Accounts accounts, Flow flow, SignInFactors factors, SignOnLog log) {
        this.database = database;
        this.accounts = accounts;
        this.flow = flow;
        this.factors = factors;
        this.attempts = new Attempts(database, accounts, flow, log);
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
                kinds.contains(FactorKind.WEBAUTHN),
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
    public Asked ask(
            Request request,
            String userId,
            Channel channel,
            Optional<String> message,
            boolean shows) {
        try {
            return attempts.withRules(
                            request,
                            userId,
                            (tx, account, rules) ->
                                    asked(
                                            factors.context(tx, request, account),
                                            channel,
                                            message,
                                            shows && isNumbered(tx, request, rules)))
                    .orElseGet(Asked.Refused::new);
        } catch (ApiException tooOften) {
            // the engine's: too many questions are open, or the last code is too young
            return new Asked.TooOften();
        }
    }

    /** As the org has set up Okta Verify ({@code channelBinding}). */
    private boolean isNumbered(Tx tx, Request request, Rules rules) {
        boolean risky = rules.observation().risk().level() == Risk.Level.HIGH;
        return engine().known().numberChallenge(tx, request.org()).asks(risky);
    }

    private Asked asked(
            FactorContext at, Channel channel, Optional<String> message, boolean numbered) {
        Optional<Enrolment> factor =
                active(at).stream().filter(each -> each.kind() == kind(channel)).findFirst();
        if (factor.isEmpty()) {
            return new Asked.NotEnrolled();
        }
        String id = factor.get().id();
        Verification asked =
                channel == Channel.PUSH
                        ? engine().ask(at, id, numbered, message.orElse(null))
                        : engine().challenge(at, id, Optional.empty(), false);
        return asked instanceof Verification.Waiting waiting
                ? new Asked.Sent(
                        id,
                        Optional.of(waiting.transaction().id()),
                        Optional.ofNullable(waiting.transaction().number()))
                : new Asked.Sent(id, Optional.empty(), Optional.empty());
    }

    private List<Enrolment> active(FactorContext at) {
        return engine().known().provable(at.tx(), at.org(), at.user().id());
    }

    @Override
    public KeysAsked askKeys(Request request, String userId) {
        try {
            return attempts.withRules(
                            request,
                            userId,
                            (tx, account, rules) ->
                                    engine().keys().ask(factors.context(tx, request, account)))
                    .map(
                            asked ->
                                    asked.map(DirectSignIn::sent)
                                            .orElseGet(KeysAsked.NotEnrolled::new))
                    .orElseGet(KeysAsked.Refused::new);
        } catch (ApiException tooOften) {
            // all keys were tried too often
            return new KeysAsked.TooOften();
        }
    }

    private static KeysAsked sent(UserKeys.Asked asked) {
        return new KeysAsked.Sent(
                asked.challenge(),
                asked.publicKey(),
                asked.enrolments().stream()
                        .map(
                                each ->
                                        new Key(
                                                each.fact("credentialId").orElse(""),
                                                each.fact("authenticatorName").orElse("")))
                        .toList());
    }

    @Override
    public Proof key(Request request, String userId, Assertion assertion, Alone alone) {
        return attempts.proof(
                request,
                userId,
                alone,
                (tx, account) ->
                        engine().keys()
                                .verify(
                                        factors.context(tx, request, account),
                                        new dev.ostiary.server.signin.factors.Proof(
                                                null,
                                                null,
                                                assertion.clientData(),
                                                null,
                                                assertion.authenticatorData(),
                                                assertion.signature(),
                                                false)));
    }

    @Override
    public Proof otp(Request request, String userId, String otp, Alone alone) {
        return attempts.proof(
                request,
                userId,
                alone,
                (tx, account) -> {
                    List<Enrolment> tokens =
                            active(factors.context(tx, request, account)).stream()
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
            return attempts.proof(
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
                return Attempts.unproven(seen);
            }
            Proof proof =
                    attempts.proof(
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
}
