package dev.ostiary.server.signin.factors;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code user_factor}: an enrolment and what never leaves the server. Immutable.
 *
 * @param enrolment what others see
 * @param destination where its codes go, in one spelling
 * @param secret sealed, see {@link FactorSecret}
 * @param answerHash slow hash of the answer to its question
 * @param credential the public key of a security key, with what belongs to it
 * @param counter the last time step, counter or signature count that was used; -1 for none
 * @param tries wrong proofs of late
 * @param code the code that was sent, or the challenge that was shown
 */
record Factor(
        Enrolment enrolment,
        @Nullable String destination,
        byte @Nullable [] secret,
        @Nullable String answerHash,
        byte @Nullable [] credential,
        long counter,
        Tries tries,
        @Nullable Code code) {

    /**
     * Wrong proofs.
     *
     * @param failures how many since
     * @param since when they began
     */
    record Tries(int failures, @Nullable Instant since) {

        static final Tries NONE = new Tries(0, null);

        private static final int MOST = 5;
        private static final Duration WINDOW = Duration.ofMinutes(5);

        /** Whether nothing more is looked at for a while. */
        boolean exhausted(Instant now) {
            return failures >= MOST && counts(now);
        }

        Tries failed(Instant now) {
            return counts(now) ? new Tries(failures + 1, since) : new Tries(1, now);
        }

        private boolean counts(Instant now) {
            return since != null && now.isBefore(since.plus(WINDOW));
        }
    }

    /**
     * What waits to be proven.
     *
     * @param hash of a code; null for a challenge
     * @param challenge what a security key has to sign; null for a code
     */
    record Code(
            byte @Nullable [] hash, @Nullable String challenge, Instant sent, Instant expires) {}

    /** A new one with nothing but an enrolment. */
    static Factor of(Enrolment enrolment) {
        return new Factor(enrolment, null, null, null, null, -1, Tries.NONE, null);
    }

    String id() {
        return enrolment.id();
    }

    Factor with(Enrolment other) {
        return new Factor(other, destination, secret, answerHash, credential, counter, tries, code);
    }

    Factor to(String address) {
        return new Factor(enrolment, address, secret, answerHash, credential, counter, tries, code);
    }

    Factor with(@Nullable Code other) {
        return new Factor(
                enrolment, destination, secret, answerHash, credential, counter, tries, other);
    }

    Factor with(Tries other) {
        return new Factor(
                enrolment, destination, secret, answerHash, credential, counter, other, code);
    }

    Factor answered(String hash) {
        return new Factor(enrolment, destination, secret, hash, credential, counter, tries, code);
    }

    Factor sealed(byte[] ciphertext) {
        return new Factor(
                enrolment, destination, ciphertext, answerHash, credential, counter, tries, code);
    }

    Factor used(long next) {
        return new Factor(
                enrolment, destination, secret, answerHash, credential, next, tries, code);
    }

    Factor holding(byte[] key) {
        return new Factor(enrolment, destination, secret, answerHash, key, counter, tries, code);
    }

    /** In use from now on. */
    Factor activated(Instant now) {
        return with(enrolment.in(FactorStatus.ACTIVE, now));
    }

    /** Says nothing of what is secret. */
    @Override
    public String toString() {
        return "Factor[" + enrolment.id() + " " + enrolment.status() + "]";
    }
}
