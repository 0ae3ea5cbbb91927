package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what differs from the promise over many operations, so that one failure does not hide
 * the next.
 */
final class Differences {

    private final List<String> found = new ArrayList<>();
    private int compared;

    /** Holds an answer against a status and an error code. */
    void expect(Operation operation, Answer answer, int status, String code) {
        compared++;
        if (answer.status() != status || !answer.errorCode().equals(code)) {
            found.add(operation + ": expected " + status + " " + code + ", got " + answer);
        }
    }

    /** Notes a difference unless it is so. */
    void check(boolean so, String otherwise) {
        compared++;
        if (!so) {
            found.add(otherwise);
        }
    }

    /** Fails with every difference; also if nothing was compared at all. */
    void assertNone() {
        assertThat(compared).as("comparisons").isPositive();
        assertThat(found).as("differences").isEmpty();
    }
}
