package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.users.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is peculiar to one kind of factors. What holds of all (limits, events, rows, one winner) is
 * the {@link FactorEngine}'s, which holds the row while a method looks at it. Implementations are
 * thread-safe.
 */
interface FactorMethod {

    /** What a check says. */
    sealed interface Verdict {

        /**
         * Right.
         *
         * @param after how the row looks then
         * @param verified whether the device has verified its user
         */
        record Right(Factor after, boolean verified) implements Verdict {

            /** Nothing is known of a device. */
            Right(Factor after) {
                this(after, false);
            }
        }

        /** Wrong, and this is the error. */
        record Wrong(ApiException error) implements Verdict {}
    }

    /**
     * What is shown, and what of it was found out before the row was held, since that takes long.
     *
     * @param proven the hash of an answer that was found right; null for none
     */
    record Shown(Proof proof, @Nullable String proven) {}

    /**
     * Begins an enrolment.
     *
     * @param fresh the new row, without content
     * @param before one of the same kind that is not active, whose row the new one takes over
     * @throws ApiException {@code E0000001} for what cannot be enrolled so
     */
    Factor begin(
            FactorContext at,
            Factor fresh,
            Optional<Factor> before,
            NewFactor wanted,
            EnrolOptions options);

    /** Judges a proof of a factor, active or not, that is held. */
    Verdict check(FactorContext at, Factor factor, Shown shown);

    /**
     * Asks for a proof.
     *
     * @throws ApiException where nothing can be asked, or not yet again
     */
    default Factor challenge(FactorContext at, Factor factor, Optional<Duration> lifetime) {
        throw ApiException.validation(
                "factorVerifyRequest", "passCode: The field cannot be left blank");
    }

    /** What the wire embeds as {@code challenge} of a factor that was just asked. */
    default Optional<ObjectNode> shownChallenge(FactorContext at, Factor factor) {
        return Optional.empty();
    }

    /** What the wire embeds as {@code activation} while the factor waits for it. */
    default Optional<ObjectNode> activation(Activation of) {
        return Optional.empty();
    }

    /** What an activation is shown of. */
    record Activation(
            Reader reader, Org org, User user, String baseUrl, Factor factor, List<Factor> others) {

        /** The path of the factor. */
        String path() {
            return baseUrl + "/api/v1/users/" + user.id() + "/factors/" + factor.id();
        }
    }

    /** The documented answer to a wrong code. */
    static ApiException wrongCode() {
        return ApiException.of("E0000068")
                .because("Your passcode doesn't match our records. Please try again.");
    }
}
