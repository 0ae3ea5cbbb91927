package dev.ostiary.conformance.signin;

import java.util.function.Supplier;

/**
 * One way in which an event comes.
 *
 * @param when what happens
 * @param type of the event
 * @param result of its outcome
 * @param reason of its outcome; empty for none
 * @param severity of the event
 * @param move makes it happen, and returns what the event names: a login, or an id
 */
record Told(
        String when,
        String type,
        String result,
        String reason,
        String severity,
        Supplier<String> move) {

    static Told success(String type, String when, Supplier<String> move) {
        return new Told(when, type, "SUCCESS", "", "INFO", move);
    }

    static Told failure(String type, String reason, String when, Supplier<String> move) {
        return new Told(when, type, "FAILURE", reason, "INFO", move);
    }

    Told because(String why) {
        return new Told(when, type, result, why, severity, move);
    }

    Told at(String level) {
        return new Told(when, type, result, reason, level, move);
    }

    /** What it is judged by. */
    String outcome() {
        return result + (reason.isEmpty() ? "" : ": " + reason) + " (" + severity + ")";
    }

    @Override
    public String toString() {
        return when + ": " + type + " " + outcome();
    }
}
