package dev.ostiary.server.directory.users;

import dev.ostiary.platform.problem.ApiException;

/**
 * What came of a proof: of a password, or of the answer to the recovery question.
 *
 * @param <V> what is to be done now
 */
sealed interface Verdict<V> {

    /** Proven. */
    record Granted<V>(V value) implements Verdict<V> {}

    /**
     * Not proven, or not enough: the log says so.
     *
     * @param answer what the client is told
     * @param reason what the log is told
     */
    record Refused<V>(ApiException answer, String reason) implements Verdict<V> {}

    /** What was given is not the secret. */
    static <V> Verdict<V> wrongSecret(ApiException answer) {
        return new Refused<>(answer, "INVALID_CREDENTIALS");
    }
}
