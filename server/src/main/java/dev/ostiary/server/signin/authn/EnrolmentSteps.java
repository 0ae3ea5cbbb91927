package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.signin.factors.EnrolOptions;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorContext;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.Invitation;
import dev.ostiary.server.signin.factors.NewFactor;
import dev.ostiary.server.signin.factors.Proof;
import dev.ostiary.server.signin.factors.Verification;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.SignInFactors;
import dev.ostiary.server.signin.flow.State;
import dev.ostiary.server.signin.flow.Step;
import dev.ostiary.server.signin.flow.Transaction;
import java.util.Optional;

/**
 * How factors are enrolled at sign-in ("Enroll Factor", "Activate Factor"). Each step is one step
 * of the factors' engine, in the transaction of the move. Thread-safe.
 *
 * @param factors where the engine is
 */
record EnrolmentSteps(SignInFactors factors) {

    private static final String TYPE = "UserFactor";

    /** Enrols a factor ("Enroll Factor"); one that needs no activation is proven with that. */
    Step enrol(Request request, NewFactor wanted, EnrolOptions options) {
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
                            Enrolment factor = factors.engine().enrol(at, wanted, options);
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
                    new Step.Onward(FactorSteps.proving(account, transaction, success));
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

    /** Sends a device the way here ("Send activation links"). */
    Step invite(Request request, String factorId, Invitation invitation) {
        return seen ->
                new Step.Granted(
                        (tx, account, transaction) -> {
                            requireBegun(transaction, factorId);
                            factors.engine()
                                    .invite(
                                            factors.context(tx, request, account),
                                            factorId,
                                            invitation);
                            return new Step.Rest(transaction);
                        });
    }

    private static Transaction proving(
            HeldAccount account, Transaction transaction, Enrolment factor) {
        return FactorSteps.proving(account, transaction, new Verification.Success(factor));
    }

    private static void requireBegun(Transaction transaction, String factorId) {
        if (!(transaction.state() instanceof State.MfaEnrollActivate begun)
                || !begun.factorId().equals(factorId)) {
            throw ApiException.notFound(factorId, TYPE);
        }
    }
}
