package dev.ostiary.platform.http;

import dev.ostiary.platform.json.Shape;
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
 * @param body the shape of the body; empty where it takes none, or one that no shape describes
 * @param answer the shape of the answer's object, or of each in its list; empty where none does
 * @param mediaType what a successful answer with content is
 */
public record Binding(
        String operationId,
        Handler handler,
        boolean self,
        Set<String> bodyTypes,
        Function<Request, Optional<String>> userName,
        String completedBy,
        Optional<Shape<?>> body,
        Optional<Shape<?>> answer,
        String mediaType) {

    private static final Set<String> JSON_ONLY = Set.of(Reply.JSON);

    /** An operation for administrators, with JSON. */
    public static Binding of(String operationId, Handler handler) {
        return new Binding(
                operationId,
                handler,
                false,
                JSON_ONLY,
                request -> Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                Reply.JSON);
    }

    /** The same, open to every user for itself. */
    public Binding forSelf() {
        return new Binding(
                operationId,
                handler,
                true,
                bodyTypes,
                userName,
                completedBy,
                body,
                answer,
                mediaType);
    }

    /** The same, for an operation that takes a user name and a password. */
    public Binding signingIn(Function<Request, Optional<String>> name) {
        return new Binding(
                operationId, handler, self, bodyTypes, name, completedBy, body, answer, mediaType);
    }

    /** The same, with the note that its true answer is empty until something else exists. */
    public Binding untilThereAre(String what) {
        return new Binding(
                operationId, handler, self, bodyTypes, userName, what, body, answer, mediaType);
    }

    /** The same with a body of this shape, for the document that describes the API. */
    public Binding takes(Shape<?> shape) {
        return new Binding(
                operationId,
                handler,
                self,
                bodyTypes,
                userName,
                completedBy,
                Optional.of(shape),
                answer,
                mediaType);
    }

    /** The same with an answer of this shape, or a list of such, for the document. */
    public Binding answers(Shape<?> shape) {
        return new Binding(
                operationId,
                handler,
                self,
                bodyTypes,
                userName,
                completedBy,
                body,
                Optional.of(shape),
                mediaType);
    }

    /** The same with an answer that is no JSON. */
    public Binding answersAs(String type) {
        return new Binding(
                operationId, handler, self, bodyTypes, userName, completedBy, body, answer, type);
    }
}
