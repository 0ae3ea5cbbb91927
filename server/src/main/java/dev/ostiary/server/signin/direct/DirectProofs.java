package dev.ostiary.server.signin.direct;

import dev.ostiary.platform.http.Request;
import dev.ostiary.server.policy.assurance.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Proves users by their factors to clients. Implementations are thread-safe and keep lockouts. None
 * of the methods is to be called in a transaction.
 */
public interface DirectProofs {

    /** Whom a name means, if it means exactly one user. */
    Optional<String> find(Request request, String name);

    /** What a user could prove. */
    Means means(Request request, String userId);

    /**
     * Asks a user through a channel.
     *
     * @param message what a device shows of it, if anything
     * @param shows whether the client can show the user a number, which is asked for where the
     *     sign-in is risky
     */
    Asked ask(
            Request request,
            String userId,
            Channel channel,
            Optional<String> message,
            boolean shows);

    /** Asks the user's security keys. */
    KeysAsked askKeys(Request request, String userId);

    /** Tries what one of the user's security keys has signed. */
    Proof key(Request request, String userId, Assertion assertion, Alone alone);

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
     * @param key whether a security key
     * @param channels where the user can be asked
     */
    record Means(boolean otp, boolean key, List<Channel> channels) {

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
         * @param number to be chosen on the device; empty for none
         */
        record Sent(String factorId, Optional<String> question, Optional<Integer> number)
                implements Asked {}

        /** The user has nothing to be asked on. */
        record NotEnrolled() implements Asked {}

        /** The user may not come in. */
        record Refused() implements Asked {}

        /** The user was asked too often, or too lately. */
        record TooOften() implements Asked {}
    }

    /** What came of asking security keys. */
    sealed interface KeysAsked {

        /**
         * They were asked.
         *
         * @param challenge what is signed
         * @param publicKey what a browser hands to them
         * @param enrolments which there are, for people
         */
        record Sent(String challenge, ObjectNode publicKey, List<Key> enrolments)
                implements KeysAsked {
            public Sent {
                enrolments = List.copyOf(enrolments);
            }
        }

        /** The user has none. */
        record NotEnrolled() implements KeysAsked {}

        /** The user may not come in. */
        record Refused() implements KeysAsked {}

        /** They were tried too often. */
        record TooOften() implements KeysAsked {}
    }

    /**
     * A security key.
     *
     * @param credentialId what it calls itself
     * @param name what people call it
     */
    record Key(String credentialId, String name) {}

    /** What a security key has signed, in base 64 (Web Authentication, level 2, 5.2.2). */
    record Assertion(String clientData, String authenticatorData, String signature) {

        /** Says nothing. */
        @Override
        public String toString() {
            return "Assertion[…]";
        }
    }

    /** What came of a proof. */
    sealed interface Proof {

        /**
         * It is the user.
         *
         * @param methods as RFC 8176 names them
         * @param method as policies know it
         */
        record Proven(Instant when, List<String> methods, Method method) implements Proof {}

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
