package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.CodeHash;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.signin.factors.FactorMethod.Shown;
import dev.ostiary.server.signin.factors.FactorMethod.Verdict;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The front door: enrolling, asking for and verifying factors, each as one step within a caller's
 * transaction. The step holds the factor's row, so of many who show the same code at once one wins;
 * it writes the events itself. Thread-safe.
 *
 * <p>Every method that takes an id throws {@code E0000007} for what is none of the user's factors.
 */
public final class FactorEngine {

    /** The type of a factor in errors (WIRE, "Errors"). */
    static final String TYPE = "UserFactor";

    private final FactorStore store = new FactorStore();
    private final FactorMethods methods;
    private final FactorEvents events;
    private final PushQuestions questions;
    private final KnownFactors known;
    private final Enrolments enrolling;
    private final UserKeys keys;
    private final PushInvitations invitations;

    /** Factors over these neighbours. */
    public FactorEngine(
            Ids ids,
            PasswordHasher hasher,
            Sealed sealed,
            CodeHash codes,
            Tokens tokens,
            SecureRandom random,
            MessageOutbox outbox,
            EventCatalogue catalogue,
            BiPredicate<Org, String> trustedOrigins,
            FactorSettings settings) {
        this.methods =
                new FactorMethods(
                        store,
                        hasher,
                        sealed,
                        codes,
                        tokens,
                        random,
                        outbox,
                        catalogue,
                        trustedOrigins,
                        settings);
        this.events = new FactorEvents(catalogue);
        this.questions = new PushQuestions(ids, random, catalogue, store);
        this.known = new KnownFactors(store, methods, settings);
        this.enrolling = new Enrolments(ids, store, methods, events, settings, known);
        this.invitations = new PushInvitations(store, methods.push(), outbox);
        this.keys = new UserKeys(store, methods.webAuthn(), events);
    }

    /** The security keys of a user as one. */
    public UserKeys keys() {
        return keys;
    }

    /** What users have and may have. */
    public KnownFactors known() {
        return known;
    }

    /**
     * Enrols the address in the profile without being asked, where there is one that is not. The
     * caller holds the user's row.
     */
    public void enrolMail(FactorContext at) {
        enrolling.mail(at);
    }

    /**
     * Enrols. The caller holds the user's row.
     *
     * @throws ApiException the documented error, for what cannot be enrolled so
     */
    public Enrolment enrol(FactorContext at, NewFactor wanted, EnrolOptions options) {
        return enrolling.begin(at, wanted, options);
    }

    /**
     * Ends an enrolment. A phone stays for recovery unless that ends too; with one of the two
     * methods of the mobile app the other goes (Factors, "Unenroll a factor").
     */
    public void unenrol(FactorContext at, String factorId, boolean removeRecovery) {
        enrolling.end(at, factorId, removeRecovery);
    }

    /** Proves a factor that waits for it: from then on it is active. */
    public Verification activate(FactorContext at, String factorId, Proof proof) {
        return step(at, factorId, proof, FactorStatus.PENDING_ACTIVATION);
    }

    /** Proves a factor that is active. */
    public Verification verify(FactorContext at, String factorId, Proof proof) {
        return step(at, factorId, proof, FactorStatus.ACTIVE);
    }

    private Verification step(
            FactorContext at, String factorId, Proof proof, FactorStatus expected) {
        @Nullable String proven = proven(at, factorId, proof);
        Factor factor = held(at, factorId);
        Enrolment enrolment = factor.enrolment();
        if (enrolment.status() != expected) {
            throw ApiException.of("E0000107");
        }
        if (factor.tries().exhausted(at.now())) {
            at.tx().emit(events.refused(at.user(), enrolment));
            return new Verification.Rejected(enrolment, ApiException.of("E0000047"));
        }
        return switch (methods.of(enrolment.kind()).check(at, factor, new Shown(proof, proven))) {
            case Verdict.Right right -> right(at, right, expected);
            case Verdict.Wrong(ApiException error) -> wrong(at, factor, error, expected);
        };
    }

    /** Slow, and therefore done before the row is held. */
    private @Nullable String proven(FactorContext at, String factorId, Proof proof) {
        return proof.answer() == null
                ? null
                : store.find(at.tx(), at.user().id(), factorId)
                        .map(factor -> methods.question().proven(factor, proof))
                        .orElse(null);
    }

    private Verification right(FactorContext at, Verdict.Right right, FactorStatus before) {
        boolean activates = before == FactorStatus.PENDING_ACTIVATION;
        Factor after = right.after();
        Factor proven = (activates ? after.activated(at.now()) : after).with(Factor.Tries.NONE);
        store.save(at.tx(), proven);
        Enrolment enrolment = proven.enrolment();
        if (enrolment.kind() == FactorKind.EMAIL) {
            at.tx().emit(events.redeemed(at.user(), enrolment, true));
        }
        at.tx()
                .emit(
                        activates
                                ? events.activated(at.user(), enrolment)
                                : events.proven(at.user(), enrolment));
        return new Verification.Success(enrolment, right.verified());
    }

    private Verification wrong(
            FactorContext at, Factor factor, ApiException error, FactorStatus expected) {
        store.save(at.tx(), factor.with(factor.tries().failed(at.now())));
        Enrolment enrolment = factor.enrolment();
        if (enrolment.kind() == FactorKind.EMAIL) {
            at.tx().emit(events.redeemed(at.user(), enrolment, false));
        }
        if (expected == FactorStatus.ACTIVE) {
            at.tx().emit(events.failed(at.user(), enrolment));
        }
        return new Verification.Rejected(enrolment, error);
    }

    /**
     * Asks for a proof of an active factor.
     *
     * @param lifetime of a code by mail; empty for what the org has set
     * @param numbered whether a number is to be chosen on a device
     * @throws ApiException where nothing can be asked, or not yet again
     */
    public Verification challenge(
            FactorContext at, String factorId, Optional<Duration> lifetime, boolean numbered) {
        Factor factor = held(at, factorId);
        if (!factor.enrolment().active()) {
            throw ApiException.of("E0000107");
        }
        requireTries(at, factor);
        if (factor.enrolment().kind() == FactorKind.PUSH) {
            return questions.ask(at, factor, numbered, null);
        }
        FactorMethod method = methods.of(factor.enrolment().kind());
        Factor asked = method.challenge(at, factor, lifetime);
        store.save(at.tx(), asked);
        return new Verification.Challenged(
                asked.enrolment(), method.shownChallenge(at, asked).orElseGet(Json::object));
    }

    /**
     * Asks the device of an active factor.
     *
     * @param numbered whether a number is to be chosen on it
     * @param message what it shows of what it is asked for; null for nothing
     * @throws ApiException where it cannot be asked, or not yet again
     */
    public Verification ask(
            FactorContext at, String factorId, boolean numbered, @Nullable String message) {
        Factor factor = held(at, factorId);
        if (!factor.enrolment().active() || factor.enrolment().kind() != FactorKind.PUSH) {
            throw ApiException.of("E0000107");
        }
        requireTries(at, factor);
        return questions.ask(at, factor, numbered, message);
    }

    /** How a question to a device stands; changes nothing. */
    public Verification poll(
            Reader reader, String userId, String factorId, String transactionId, Instant now) {
        return questions.look(reader, known.require(reader, userId, factorId), transactionId, now);
    }

    /** As {@link #poll}, for whoever lets the user in by it: a success counts once. */
    public Verification redeem(FactorContext at, String factorId, String transactionId) {
        Enrolment enrolment = known.require(at.tx(), at.user().id(), factorId);
        return questions.redeem(at, enrolment, transactionId);
    }

    /** The number that a question to a device waits for; empty for none, and once it is over. */
    public Optional<Integer> number(FactorContext at, String factorId, String transactionId) {
        return questions.number(at.tx(), factorId, transactionId, at.now());
    }

    /** Takes a question to a device back. */
    public void cancel(FactorContext at, String factorId, String transactionId) {
        Enrolment enrolment = known.require(at.tx(), at.user().id(), factorId);
        questions.cancel(at, enrolment, transactionId);
    }

    /**
     * Whether a device is there, or may still come.
     *
     * @param again whether one that did not come in time is waited for anew
     */
    public boolean awaitsDevice(FactorContext at, String factorId, boolean again) {
        Factor factor = held(at, factorId);
        boolean late = !factor.enrolment().active() && PushMethod.expired(factor, at.now());
        if (late && again) {
            store.save(at.tx(), methods.push().restarted(at, factor));
        }
        return !late || again;
    }

    PushMethod pushMethod() {
        return methods.push();
    }

    PushInvitations pushInvitations() {
        return invitations;
    }

    /** Sends a device that is waited for the way here. */
    public void invite(FactorContext at, String factorId, Invitation invitation) {
        Factor factor = held(at, factorId);
        if (factor.enrolment().kind() != FactorKind.PUSH) {
            throw KnownFactors.unknown(factorId);
        }
        invitations.send(at, factor, invitation);
    }

    PushQuestions pushQuestions() {
        return questions;
    }

    /**
     * Sends the code of an activation again.
     *
     * @throws ApiException {@code E0000109} and its like where that is too soon
     */
    public Enrolment resend(FactorContext at, String factorId) {
        Factor factor = held(at, factorId);
        CodeMethod method = methods.sending(factor.enrolment().kind());
        if (factor.enrolment().active()) {
            throw ApiException.of("E0000107");
        }
        requireTries(at, factor);
        store.save(at.tx(), method.send(at, factor, Optional.empty(), true));
        return factor.enrolment();
    }

    private static void requireTries(FactorContext at, Factor factor) {
        if (factor.tries().exhausted(at.now())) {
            throw ApiException.of("E0000047");
        }
    }

    /** A user has no factor any more, nor a phone for recovery; the caller says so in the log. */
    public void removeAll(Tx tx, Org org, String userId) {
        store.deleteAll(tx, org, userId);
    }

    private Factor held(FactorContext at, String factorId) {
        return store.lock(at.tx(), at.user().id(), factorId)
                .filter(each -> each.enrolment().status() != FactorStatus.RECOVERY)
                .orElseThrow(() -> KnownFactors.unknown(factorId));
    }
}
