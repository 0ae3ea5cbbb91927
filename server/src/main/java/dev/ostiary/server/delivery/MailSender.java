package dev.ostiary.server.delivery;

/**
 * The way out of the house for one message. Implementations are thread-safe and bounded in time.
 */
public interface MailSender {

    /**
     * A mail with all that the way out needs.
     *
     * @param id the same at every attempt, so that a receiver can tell a repetition
     * @param channel mail, SMS or call
     * @param to mail address, or phone number
     * @param subject one line
     * @param text plain form
     * @param html HTML form
     */
    record Letter(
            String id, Channel channel, String to, String subject, String text, String html) {}

    /** How an attempt ended. Reasons hold no secret. */
    sealed interface Outcome {

        /** The next hop has taken it. */
        record Sent() implements Outcome {}

        /** It will never be taken: the address is none, or the server says so for good. */
        record Refused(String reason) implements Outcome {}

        /** Not now; this mail may be taken another time. */
        record Later(String reason) implements Outcome {}

        /** No mail can be sent now: the server does not answer, or does not let us in. */
        record Unreachable(String reason) implements Outcome {}
    }

    /** Tries once. */
    Outcome send(Letter letter);
}
