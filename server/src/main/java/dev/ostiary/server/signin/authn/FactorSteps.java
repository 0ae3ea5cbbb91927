package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.security.behaviours.Risk;
import dev.ostiary.server.signin.devices.RememberedDevices;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorContext;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.Proof;
import dev.ostiary.server.signin.factors.Verification;
import dev.ostiary.server.signin.flow.SignInFactors;
import dev.ostiary.server.signin.flow.State;
import dev.ostiary.server.signin.flow.Step;
import dev.ostiary.server.signin.flow.Transaction;
import java.util.List;
import java.util.Optional;

/**
 * How factors are verified at sign-in ("Multifactor Authentication operations"). Each step is one
 * step of the factors' engine, in the transaction of the move: a code is spent with the move that
 * it allows, or not at all. Thread-safe.
 *
 * @param factors where the engine is
 * @param devices remembers where a factor was proven
 */
record FactorSteps(SignInFactors factors, RememberedDevices devices) {

    private static final String TYPE = "UserFactor";

    /** What the wire says of a security key that was asked. */
    static final String CHALLENGE = "CHALLENGE";

    /**
     * Verifies a factor, or asks it for something where nothing was given ("Verify Factor").
     *
     * @param remember whether the user wants the device to be remembered; empty where nobody said
     */
    Step verify(Request request, String factorId, Proof proof, Optional<Boolean> remember) {
        return seen ->
                new Step.Granted(
                        (tx, account, transaction) -> {
                            Verification verification =
                                    verification(seen, tx, account, transaction, factorId, proof);
                            if (verification instanceof Verification.Success
                                    && seen.rules().mayRemember()
                                    && remember.orElse(seen.rules().remembersByDefault())) {
                                devices.remember(
                                        tx,
                                        account.user().id(),
                                        transaction.device(),
                                        account.now());
                            }
                            return proven(account, transaction, verification, factorId);
                        });
    }

    private Verification verification(
            Step.Seen seen,
            Tx tx,
            HeldAccount account,
            Transaction transaction,
            String factorId,
            Proof proof) {
        Request request = seen.request();
        FactorContext at = factors.context(tx, request, account);
        if (factorId.equals(State.MfaChallenge.ANY_KEY)) {
            return anyKey(at, request, transaction, proof);
        }
        Enrolment factor = factors.require(tx, request, account.user(), transaction, factorId);
        Optional<String> asked = asked(factor, transaction);
        return asked.isPresent()
                ? factors.engine().redeem(at, factorId, asked.get())
                : shown(seen, at, factor, proof);
    }

    /** Whichever of the user's security keys is at hand ("Verify WebAuthn Factor", by type). */
    private Verification anyKey(
            FactorContext at, Request request, Transaction transaction, Proof proof) {
        List<Enrolment> keys = factors.keys(at.tx(), request, at.user(), transaction);
        if (keys.isEmpty()) {
            throw ApiException.notFound(State.MfaChallenge.ANY_KEY, TYPE);
        }
        if (proof.isEmpty()) {
            factors.engine().keys().ask(at);
            return new Verification.Challenged(keys.getFirst(), Json.object());
        }
        return factors.engine()
                .keys()
                .verify(at, proof)
                .orElseThrow(() -> ApiException.notFound(State.MfaChallenge.ANY_KEY, TYPE));
    }

    /** What is shown is verified; where nothing is, the factor is asked for something. */
    private Verification shown(Step.Seen seen, FactorContext at, Enrolment factor, Proof proof) {
        if (!proof.isEmpty()) {
            return factors.engine().verify(at, factor.id(), proof);
        }
        return switch (factor.kind()) {
            case SMS, CALL, EMAIL, PUSH, WEBAUTHN -> challenge(seen, at, factor.id(), proof);
            // a token makes codes unasked: it is chosen, and its code waited for
            case TOTP, GOOGLE, HOTP, YUBIKEY -> new Verification.Challenged(factor, Json.object());
            case QUESTION -> factors.engine().verify(at, factor.id(), proof);
        };
    }

    /** A device asks for a number as Okta Verify is set up, or as the client wants it. */
    private Verification challenge(Step.Seen seen, FactorContext at, String factorId, Proof proof) {
        boolean risky = seen.rules().observation().risk().level() == Risk.Level.HIGH;
        boolean numbered = proof.useNumberMatchingChallenge() || isNumbered(at, factorId, risky);
        return factors.engine().challenge(at, factorId, Optional.empty(), numbered);
    }

    private boolean isNumbered(FactorContext at, String factorId, boolean risky) {
        return FactorKind.PUSH.names(factorId)
                && factors.engine().known().numberChallenge(at.tx(), at.org()).asks(risky);
    }

    /** The question whose answer is waited for, rather than asking the device again. */
    private static Optional<String> asked(Enrolment factor, Transaction transaction) {
        return transaction.state() instanceof State.MfaChallenge challenge
                        && challenge.factorId().equals(factor.id())
                        && challenge.result().equals(Optional.of("WAITING"))
                ? challenge.question()
                : Optional.empty();
    }

    /**
     * @param id how the factor was named
     */
    private static Step.Next proven(
            HeldAccount account, Transaction transaction, Verification verification, String id) {
        return switch (verification) {
            case Verification.Success success -> {
                if (transaction.recovery().equals(Optional.of(Purpose.UNLOCK))) {
                    account.unlock();
                    yield new Step.Opened();
                }
                yield new Step.Onward(proving(account, transaction, success));
            }
            case Verification.Challenged challenged ->
                    new Step.Rest(
                            transaction.at(
                                    new State.MfaChallenge(
                                            id, result(challenged.enrolment()), Optional.empty())),
                            Optional.of(challenged.challenge()).filter(json -> !json.isEmpty()));
            case Verification.Waiting waiting ->
                    new Step.Rest(
                            transaction.at(
                                    new State.MfaChallenge(
                                            id,
                                            Optional.of("WAITING"),
                                            Optional.of(waiting.transaction().id()))));
            case Verification.Ended ended ->
                    new Step.Rest(
                            transaction.at(
                                    new State.MfaChallenge(
                                            id,
                                            Optional.of(ended.transaction().result().name()),
                                            Optional.empty())));
            case Verification.Rejected rejected -> new Step.Turned(rejected.error());
        };
    }

    /**
     * Security keys are said to be challenged; of codes that were sent that goes without saying.
     */
    private static Optional<String> result(Enrolment factor) {
        return Optional.of(CHALLENGE).filter(word -> factor.kind() == FactorKind.WEBAUTHN);
    }

    static Transaction proving(
            HeldAccount account, Transaction transaction, Verification.Success success) {
        FactorKind kind = success.enrolment().kind();
        return transaction.proving(
                transaction
                        .proofs()
                        .withFactor(
                                account.now(),
                                SignInFactors.method(kind, success.verified()),
                                SignInFactors.amr(kind)));
    }

    /** Asks again ("Resend SMS challenge" and its like). */
    Step resend(Request request, String factorId) {
        return seen ->
                new Step.Granted(
                        (tx, account, transaction) -> {
                            requireAsked(transaction, factorId);
                            FactorContext at = factors.context(tx, request, account);
                            return proven(
                                    account,
                                    transaction,
                                    challenge(seen, at, factorId, Proof.NONE),
                                    factorId);
                        });
    }

    private static void requireAsked(Transaction transaction, String factorId) {
        if (!(transaction.state() instanceof State.MfaChallenge asked)
                || !asked.factorId().equals(factorId)) {
            throw ApiException.notFound(factorId, TYPE);
        }
    }
}
