package dev.ostiary.server.security.behaviours;

/**
 * What an active behaviour has to say of a sign-in.
 *
 * @param id the behaviour's
 * @param name the behaviour's
 */
public record Finding(String id, String name, Outcome outcome) {

    /** Product documentation, "Behavior Detection System Log events". */
    public enum Outcome {
        /** It is new. */
        POSITIVE,
        /** It was so before. */
        NEGATIVE,
        /** There is not enough of a past to tell. */
        UNKNOWN,
        /** The sign-in does not say what would have to be compared. */
        BAD_REQUEST;

        /** Whether a rule that asks for the behaviour holds: it does unless all is as before. */
        public boolean matches() {
            return this != NEGATIVE;
        }
    }
}
