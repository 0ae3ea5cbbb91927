package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Request;
import java.time.Instant;

/** Proves users by their passwords. Implementations are thread-safe and keep lockouts. */
@FunctionalInterface
public interface Passwords {

    /** Tries a password. */
    Proof check(Request request, String userName, String password);

    /** What came of it. */
    sealed interface Proof {

        /** It is the user. */
        record Proven(String userId, Instant when) implements Proof {}

        /** It is, and has to verify a factor that there is. */
        record FactorNeeded(String userId, Instant when) implements Proof {}

        /** It is, and has to do more than can be asked here. */
        record MoreNeeded() implements Proof {}

        /** It is, and the password is none any more. */
        record Expired() implements Proof {}

        /** It is, and may not come in. */
        record Denied() implements Proof {}

        /** Nobody knows. */
        record Refused() implements Proof {}
    }
}
