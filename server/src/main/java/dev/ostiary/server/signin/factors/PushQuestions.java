package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Questions to devices (Factors, "Issue a Push Factor challenge"). One lives five minutes and is
 * answered once; five may be open at a time, so that nobody is worn down by them. Thread-safe.
 */
final class PushQuestions {

    /** The type of a question in errors. */
    static final String TYPE = "FactorTransaction";

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int MOST_OPEN = 5;
    private static final int NUMBERS = 90;
    private static final int LEAST_NUMBER = 10;

    private final Ids ids;
    private final SecureRandom random;
    private final FactorEvents events;
    private final FactorStore factors;
    private final PushStore store = new PushStore();

    PushQuestions(Ids ids, SecureRandom random, EventCatalogue catalogue, FactorStore factors) {
        this.ids = ids;
        this.random = random;
        this.events = new FactorEvents(catalogue);
        this.factors = factors;
    }

    /** What a device says. */
    record Answer(boolean yes, @Nullable Integer number) {}

    /**
     * Asks the device of a factor that is held.
     *
     * @param numbered whether a number that the client shows is to be chosen on it
     * @param message what the device shows of what it is asked for; null for nothing
     * @throws ApiException {@code E0000047} if it is asked too much already
     */
    Verification ask(FactorContext at, Factor factor, boolean numbered, @Nullable String message) {
        if (store.waiting(at.tx(), factor.id(), at.now()).size() >= MOST_OPEN) {
            throw ApiException.of("E0000047");
        }
        PushTransaction asked =
                new PushTransaction(
                        ids.next("mst", at.org().tail(), at.now()),
                        factor.id(),
                        PushTransaction.Result.WAITING,
                        numbered ? LEAST_NUMBER + random.nextInt(NUMBERS) : null,
                        message,
                        at.now(),
                        at.now().plus(LIFETIME));
        store.insert(at.tx(), asked);
        at.tx().emit(events.sent(at.user(), factor.enrolment(), false, LIFETIME));
        return new Verification.Waiting(factor.enrolment(), asked);
    }

    /** How a question stands; changes nothing. */
    Verification look(Reader reader, Enrolment enrolment, String id, Instant now) {
        PushTransaction transaction =
                store.find(reader, enrolment.id(), id).orElseThrow(() -> unknown(id));
        return verification(enrolment, transaction.at(now));
    }

    /** The number that a question waits for; empty for none, and once it is over. */
    Optional<Integer> number(Reader reader, String factorId, String id, Instant now) {
        return store.find(reader, factorId, id)
                .map(transaction -> transaction.at(now))
                .filter(transaction -> transaction.result() == PushTransaction.Result.WAITING)
                .map(PushTransaction::number);
    }

    private static Verification verification(Enrolment enrolment, PushTransaction transaction) {
        return switch (transaction.result()) {
            case WAITING -> new Verification.Waiting(enrolment, transaction);
            case SUCCESS -> new Verification.Success(enrolment);
            case REJECTED, CANCELLED, TIMEOUT -> new Verification.Ended(enrolment, transaction);
        };
    }

    /** As {@link #look}, for whoever lets the user in by it: a success counts once. */
    Verification redeem(FactorContext at, Enrolment enrolment, String id) {
        PushTransaction transaction = held(at, enrolment.id(), id);
        Verification verification = verification(enrolment, transaction);
        return verification instanceof Verification.Success && !store.redeem(at.tx(), transaction)
                ? new Verification.Rejected(enrolment, FactorMethod.wrongCode())
                : verification;
    }

    /** Takes a question back; one that was answered stays so. */
    void cancel(FactorContext at, Enrolment enrolment, String id) {
        PushTransaction transaction = held(at, enrolment.id(), id);
        if (transaction.result() == PushTransaction.Result.WAITING) {
            store.answer(at.tx(), transaction.in(PushTransaction.Result.CANCELLED));
        }
    }

    /**
     * The device of a factor answers.
     *
     * @throws ApiException {@code E0000107} for what was answered or is over, {@code E0000001}
     *     where a number is missing
     */
    PushTransaction answer(FactorContext at, Factor device, String id, Answer answer) {
        PushTransaction transaction = held(at, device.id(), id);
        if (transaction.result() != PushTransaction.Result.WAITING) {
            throw ApiException.of("E0000107");
        }
        Optional<Integer> asked = Optional.ofNullable(transaction.number());
        if (answer.yes() && asked.isPresent() && answer.number() == null) {
            throw ApiException.validation("number", "number: The field cannot be left blank");
        }
        boolean right = answer.yes() && asked.filter(is -> !is.equals(answer.number())).isEmpty();
        PushTransaction answered =
                transaction.in(
                        right ? PushTransaction.Result.SUCCESS : PushTransaction.Result.REJECTED);
        store.answer(at.tx(), answered);
        Factor counted =
                right
                        ? device.with(Factor.Tries.NONE)
                        : device.with(device.tries().failed(at.now()));
        factors.save(at.tx(), counted);
        at.tx().emit(events.answered(at.user(), device.enrolment(), right));
        at.tx()
                .emit(
                        FactorEvents.saying(
                                right
                                        ? events.proven(at.user(), device.enrolment())
                                        : events.failed(at.user(), device.enrolment()),
                                answer.yes(),
                                asked.filter(number -> answer.yes()).map(number -> right)));
        return answered;
    }

    private PushTransaction held(FactorContext at, String factorId, String id) {
        return store.lock(at.tx(), factorId, id).orElseThrow(() -> unknown(id)).at(at.now());
    }

    private static ApiException unknown(String id) {
        return ApiException.notFound(id, TYPE);
    }
}
