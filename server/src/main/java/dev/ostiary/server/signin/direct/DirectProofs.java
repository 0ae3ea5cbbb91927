package dev.ostiary.server.signin.direct;

import dev.ostiary.platform.http.Request;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Proves users by their factors to clients. Implementations are thread-safe and keep lockouts. None
 * of the methods is to be called in a transaction.
 */
public interface DirectProofs {

    /** Whom a name means, if it means exactly one user. */
    Optional<String> find(Request request, String name);

    /** What a user could prove. */
    Means means(Request request, String userId);

    /** Asks a user through a channel; a message is shown where the channel can. */
    Asked ask(Request request, String userId, Channel channel, Optional<String> message);

    /** Tries a one-time password of whatever token the user has. */
    Proof otp(Request request, String userId, String otp, Alone alone);

    /** Tries a code that was sent. */
    Proof code(Request request, String userId, String factorId, String code, Alone alone);

    /** Looks what a device has answered; a yes counts once. */
    Proof answer(Request request, String userId, String factorId, String question, Alone alone);

    /** How somebody is asked (OpenID Connect API, {@code channel_hint}). */
    enum Channel {
        PUSH("push"),
        SMS("sms"),
        VOICE("voice");

        private final String text;

        Channel(String text) {
            this.text = text;
        }

        /** The channel of a name. */
        public static Optional<Channel> of(String text) {
            return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
        }

        /** Its name on the wire. */
        public String text() {
            return text;
        }
    }

    /** Whether the factor is all that the user proves, or comes after the password. */
    enum Alone {
        YES,
        NO
    }

    /**
     * What a user could prove.
     *
     * @param otp whether a one-time password
     * @param channels where the user can be asked
     */
    record Means(boolean otp, List<Channel> channels) {

        public Means {
            channels = List.copyOf(channels);
        }
    }

    /** What came of asking. */
    sealed interface Asked {

        /**
         * The user was asked.
         *
         * @param question of a device; empty where a code was sent
         */
        record Sent(String factorId, Optional<String> question) implements Asked {}

        /** The user has nothing to be asked on. */
        record NotEnrolled() implements Asked {}

        /** The user may not come in. */
        record Refused() implements Asked {}

        /** The user was asked too often, or too lately. */
        record TooOften() implements Asked {}
    }

    /** What came of a proof. */
    sealed interface Proof {

        /**
         * It is the user.
         *
         * @param methods as RFC 8176 names them
         */
        record Proven(Instant when, List<String> methods) implements Proof {}

        /** It is not right. */
        record Wrong() implements Proof {}

        /** The user has not answered yet. */
        record Pending() implements Proof {}

        /** The user said no. */
        record Rejected() implements Proof {}

        /** Nobody can answer any more, or the answer was used. */
        record Gone() implements Proof {}

        /** The user has nothing to prove so. */
        record NotEnrolled() implements Proof {}

        /** The user may not come in, or not by this alone. */
        record Refused() implements Proof {}

        /** There were too many wrong ones. */
        record TooOften() implements Proof {}
    }
}
