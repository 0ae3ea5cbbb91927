package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.signin.devices.RememberedDevices;
import dev.ostiary.server.signin.factors.EnrolOptions;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorContext;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.NewFactor;
import dev.ostiary.server.signin.factors.Proof;
import dev.ostiary.server.signin.factors.Verification;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.SignInFactors;
import dev.ostiary.server.signin.flow.State;
import dev.ostiary.server.signin.flow.Step;
import dev.ostiary.server.signin.flow.Transaction;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is done with factors at sign-in ("Multifactor Authentication operations"). Each step is one
 * step of the factors' engine, in the transaction of the move: a code is spent with the move that
 * it allows, or not at all. Thread-safe.
 *
 * @param factors where the engine is
 * @param devices remembers where a factor was proven
 */
record FactorSteps(SignInFactors factors, RememberedDevices devices) {

    private static final String TYPE = "UserFactor";

    /**
     * Verifies a factor, or asks it for something where nothing was given ("Verify Factor").
     *
     * @param remember whether the user wants the device to be remembered; empty where nobody said
     */
    Step verify(Request request, String factorId, Proof proof, Optional<Boolean> remember) {
        return seen ->
                new Step.Granted(
                        (tx, account, transaction) -> {
                            FactorContext at = factors.context(tx, request, account);
                            Enrolment factor =
                                    factors.require(
                                            tx, request, account.user(), transaction, factorId);
                            Optional<String> asked = asked(factor, transaction);
                            Verification verification =
                                    asked.isPresent()
                                            ? factors.engine().redeem(at, factorId, asked.get())
                                            : shown(at, factor, proof);
                            if (verification instanceof Verification.Success
                                    && seen.rules().mayRemember()
                                    && remember.orElse(seen.rules().remembersByDefault())) {
                                devices.remember(
                                        tx,
                                        account.user().id(),
                                        transaction.device(),
                                        account.now());
                            }
                            return proven(account, transaction, verification);
                        });
    }

    /** What is shown is verified; where nothing is, the factor is asked for something. */
    private Verification shown(FactorContext at, Enrolment factor, Proof proof) {
        return proof.isEmpty() && factor.kind().isChallenged()
                ? challenge(at, factor.id(), proof)
                : factors.engine().verify(at, factor.id(), proof);
    }

    private Verification challenge(FactorContext at, String factorId, Proof proof) {
        return factors.engine()
                .challenge(at, factorId, Optional.empty(), proof.useNumberMatchingChallenge());
    }

    /** The question whose answer is waited for, rather than asking the device again. */
    private static Optional<String> asked(Enrolment factor, Transaction transaction) {
        return transaction.state() instanceof State.MfaChallenge challenge
                        && challenge.factorId().equals(factor.id())
                        && challenge.result().equals(Optional.of("WAITING"))
                ? challenge.question()
                : Optional.empty();
    }

    private Step.Next proven(
            HeldAccount account, Transaction transaction, Verification verification) {
        String id = verification.enrolment().id();
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
                                    new State.MfaChallenge(id, Optional.empty(), Optional.empty())),
                            Optional.of(challenged.challenge()).filter(json -> !json.isEmpty()));
            case Verification.Waiting waiting ->
                    new Step.Rest(
                            transaction.at(
                                    new State.MfaChallenge(
                                            id,
                                            Optional.of("WAITING"),
                                            Optional.of(waiting.transaction().id()))),
                            number(waiting));
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

    /** The number to be chosen on the device, where one was asked for. */
    private static Optional<ObjectNode> number(Verification.Waiting waiting) {
        return Optional.ofNullable(waiting.transaction().number())
                .map(number -> Json.object().put("correctAnswer", number));
    }

    private static Transaction proving(
            HeldAccount account, Transaction transaction, Enrolment factor) {
        return proving(account, transaction, new Verification.Success(factor));
    }

    private static Transaction proving(
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
                                    account, transaction, challenge(at, factorId, Proof.NONE));
                        });
    }

    /** Enrols a factor ("Enroll Factor"); one that needs no activation is proven with that. */
    Step enrol(Request request, NewFactor wanted) {
        return seen ->
                new Step.Granted(
                        (tx, account, transaction) -> {
                            FactorContext at =
                                    factors.context(tx, request, account, seen.rules().enrolling());
                            factors.requireOffered(
                                    tx,
                                    request,
                                    account,
                                    seen.rules().enrolling(),
                                    transaction,
                                    wanted.kind());
                            Enrolment factor =
                                    factors.engine().enrol(at, wanted, EnrolOptions.STANDARD);
                            return factor.active()
                                    ? new Step.Onward(proving(account, transaction, factor))
                                    : new Step.Rest(
                                            transaction.at(
                                                    new State.MfaEnrollActivate(
                                                            factor.id(), begins(factor))));
                        });
    }

    /** Goes on without what may be passed over; what is put off is counted. */
    Step skip(Request request) {
        return seen ->
                new Step.Granted(
                        (tx, account, transaction) -> {
                            if (transaction.state() instanceof State.MfaEnroll) {
                                factors.putOff(
                                        tx,
                                        request,
                                        account,
                                        seen.rules().enrolling(),
                                        transaction);
                            }
                            return new Step.Onward(Flow.passingOver(transaction));
                        });
    }

    private static Optional<String> begins(Enrolment factor) {
        return factor.kind() == FactorKind.PUSH ? Optional.of("WAITING") : Optional.empty();
    }

    /**
     * Activates what was enrolled ("Activate Factor"), or asks whether a device has.
     *
     * @param again whether a device that did not come in time is waited for anew
     */
    Step activate(Request request, String factorId, Proof proof, boolean again) {
        return seen ->
                new Step.Granted(
                        (tx, account, transaction) -> {
                            requireBegun(transaction, factorId);
                            FactorContext at =
                                    factors.context(tx, request, account, seen.rules().enrolling());
                            Enrolment factor =
                                    factors.engine()
                                            .known()
                                            .require(tx, account.user().id(), factorId);
                            return factor.kind() == FactorKind.PUSH && proof.isEmpty()
                                    ? polled(
                                            account,
                                            transaction,
                                            factor,
                                            factors.engine().awaitsDevice(at, factorId, again))
                                    : activated(
                                            account,
                                            transaction,
                                            factors.engine().activate(at, factorId, proof));
                        });
    }

    /** A device activates itself; whoever waits for it sees whether it has. */
    private static Step.Next polled(
            HeldAccount account, Transaction transaction, Enrolment factor, boolean awaited) {
        return factor.active()
                ? new Step.Onward(proving(account, transaction, factor))
                : new Step.Rest(
                        transaction.at(
                                new State.MfaEnrollActivate(
                                        factor.id(),
                                        Optional.of(awaited ? "WAITING" : "TIMEOUT"))));
    }

    private Step.Next activated(
            HeldAccount account, Transaction transaction, Verification verification) {
        String id = verification.enrolment().id();
        return switch (verification) {
            case Verification.Success success ->
                    new Step.Onward(proving(account, transaction, success));
            case Verification.Challenged challenged -> new Step.Rest(transaction);
            case Verification.Waiting waiting ->
                    new Step.Rest(
                            transaction.at(
                                    new State.MfaEnrollActivate(id, Optional.of("WAITING"))));
            case Verification.Ended ended ->
                    new Step.Rest(
                            transaction.at(
                                    new State.MfaEnrollActivate(
                                            id, Optional.of(ended.transaction().result().name()))));
            case Verification.Rejected rejected -> new Step.Turned(rejected.error());
        };
    }

    /** Sends the code of an activation again. */
    Step resendActivation(Request request, String factorId) {
        return seen ->
                new Step.Granted(
                        (tx, account, transaction) -> {
                            requireBegun(transaction, factorId);
                            factors.engine()
                                    .resend(factors.context(tx, request, account), factorId);
                            return new Step.Rest(transaction);
                        });
    }

    private static void requireAsked(Transaction transaction, String factorId) {
        if (!(transaction.state() instanceof State.MfaChallenge asked)
                || !asked.factorId().equals(factorId)) {
            throw ApiException.notFound(factorId, TYPE);
        }
    }

    private static void requireBegun(Transaction transaction, String factorId) {
        if (!(transaction.state() instanceof State.MfaEnrollActivate begun)
                || !begun.factorId().equals(factorId)) {
            throw ApiException.notFound(factorId, TYPE);
        }
    }
}
