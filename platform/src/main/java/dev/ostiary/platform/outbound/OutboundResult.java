package dev.ostiary.platform.outbound;

/** How a call ended. */
public sealed interface OutboundResult {

    /** In words, for logs and errors; nothing secret. */
    String words();

    /**
     * Somebody answered.
     *
     * @param body at most as long as is read
     */
    record Answered(int status, byte[] body) implements OutboundResult {

        /** Whether the status says success. */
        public boolean successful() {
            return status >= 200 && status < 300;
        }

        @Override
        public String words() {
            return "the service answered with status " + status;
        }
    }

    /** The time was over. */
    record TimedOut() implements OutboundResult {
        @Override
        public String words() {
            return "the service did not answer in time";
        }
    }

    /** No connection, no TLS, no HTTP, or too long an answer. */
    record Failed(String words) implements OutboundResult {}

    /** The host has no address that may be called. */
    record NotPermitted() implements OutboundResult {
        @Override
        public String words() {
            return "the host has no address that may be called";
        }
    }
}
