package dev.ostiary.platform.http;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One published operation and the code that answers it.
 *
 * @param operationId its id in the contract
 * @param handler the code
 * @param self whether a user without an admin role may use it; the handler then sees to it that it
 *     is on the user itself
 * @param bodyTypes media types that the body may have; JSON unless said otherwise (P5)
 * @param userName the user name that a request wants to sign in under, in one spelling; requests
 *     are limited by it (P34)
 * @param completedBy what later work completes the answer, for COVERAGE.md; empty where it is whole
 */
public record Binding(
        String operationId,
        Handler handler,
        boolean self,
        Set<String> bodyTypes,
        Function<Request, Optional<String>> userName,
        String completedBy) {

    private static final Set<String> JSON_ONLY = Set.of(Reply.JSON);

    /** An operation for administrators, with JSON. */
    public static Binding of(String operationId, Handler handler) {
        return new Binding(operationId, handler, false, JSON_ONLY, request -> Optional.empty(), "");
    }

    /** The same, open to every user for itself. */
    public Binding forSelf() {
        return new Binding(operationId, handler, true, bodyTypes, userName, completedBy);
    }

    /** The same, for an operation that takes a user name and a password. */
    public Binding signingIn(Function<Request, Optional<String>> name) {
        return new Binding(operationId, handler, self, bodyTypes, name, completedBy);
    }

    /** The same, with the note that its true answer is empty until something else exists. */
    public Binding untilThereAre(String what) {
        return new Binding(operationId, handler, self, bodyTypes, userName, what);
    }
}
