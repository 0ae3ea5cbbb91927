package dev.ostiary.platform.http;

import java.util.Set;

/**
 * One published operation and the code that answers it.
 *
 * @param operationId its id in the contract
 * @param handler the code
 * @param self whether a user without an admin role may use it; the handler then sees to it that it
 *     is on the user itself
 * @param bodyTypes media types that the body may have; JSON unless said otherwise (P5)
 * @param completedBy what later work completes the answer, for COVERAGE.md; empty where it is whole
 */
public record Binding(
        String operationId,
        Handler handler,
        boolean self,
        Set<String> bodyTypes,
        String completedBy) {

    private static final Set<String> JSON_ONLY = Set.of(Reply.JSON);

    /** An operation for administrators, with JSON. */
    public static Binding of(String operationId, Handler handler) {
        return new Binding(operationId, handler, false, JSON_ONLY, "");
    }

    /** The same, open to every user for itself. */
    public Binding forSelf() {
        return new Binding(operationId, handler, true, bodyTypes, completedBy);
    }

    /** The same, with the note that its true answer is empty until something else exists. */
    public Binding untilThereAre(String what) {
        return new Binding(operationId, handler, self, bodyTypes, what);
    }
}
