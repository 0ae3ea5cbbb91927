package dev.ostiary.platform.http;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Way;
import java.util.Collections;
import java.util.LinkedHashSet;
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
 * @param form what body and answer look like
 * @param mostBytes how large a body may be
 * @param mayLag whether the answer may be a second behind what another node has changed
 */
public record Binding(
        String operationId,
        Handler handler,
        boolean self,
        Set<String> bodyTypes,
        Function<Request, Optional<String>> userName,
        String completedBy,
        Form form,
        int mostBytes,
        boolean mayLag) {

    /** The media type of files that are uploaded (RFC 7578). */
    public static final String MULTIPART = "multipart/form-data";

    /** The media type of what a browser sends from a form. */
    public static final String FORM = "application/x-www-form-urlencoded";

    private static final Set<String> JSON_ONLY = Set.of(Reply.JSON);
    private static final Set<String> FORM_ONLY = Set.of(FORM);

    /**
     * What an operation's body and answer look like, for the document that describes the API.
     *
     * @param body what it takes; empty for nothing
     * @param bodyNeeded whether it refuses to do without
     * @param answer what it answers with success; empty where that has no content
     * @param mediaType what a successful answer with content is
     * @param alsoAt statuses above 399 at which it answers the same, and no error object
     * @param alsoAs media types that it answers, too, if a client asks for them
     */
    public record Form(
            Optional<Schema> body,
            boolean bodyNeeded,
            Optional<Schema> answer,
            String mediaType,
            Set<Integer> alsoAt,
            Set<String> alsoAs) {

        private static final Form UNSAID =
                new Form(Optional.empty(), false, Optional.empty(), Reply.JSON, Set.of(), Set.of());
    }

    /** An operation for administrators, with JSON. */
    public static Binding of(String operationId, Handler handler) {
        return new Binding(
                operationId,
                handler,
                false,
                JSON_ONLY,
                request -> Optional.empty(),
                "",
                Form.UNSAID,
                Json.MAX_BYTES,
                false);
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
                form,
                mostBytes,
                mayLag);
    }

    /** The same, for an operation that takes a user name and a password. */
    public Binding signingIn(Function<Request, Optional<String>> name) {
        return new Binding(
                operationId, handler, self, bodyTypes, name, completedBy, form, mostBytes, mayLag);
    }

    /**
     * The same, for what is told to everybody and hardly ever changes: it may be a second behind
     * what another node has changed of the org's configuration, and so asks the database nothing.
     */
    public Binding lagging() {
        return new Binding(
                operationId,
                handler,
                self,
                bodyTypes,
                userName,
                completedBy,
                form,
                mostBytes,
                true);
    }

    /** The same, with the note that its true answer is empty until something else exists. */
    public Binding untilThereAre(String what) {
        return new Binding(
                operationId, handler, self, bodyTypes, userName, what, form, mostBytes, mayLag);
    }

    /** The same with a body of this shape. */
    public Binding takes(Shape<?> shape) {
        return takes(shape.schema(Way.IN));
    }

    /** The same with a body that looks so. */
    public Binding takes(Schema body) {
        return in(
                new Form(
                        Optional.of(body),
                        true,
                        form.answer,
                        form.mediaType,
                        form.alsoAt,
                        form.alsoAs));
    }

    /** The same with a body that looks so, or none. */
    public Binding mayTake(Schema body) {
        return in(
                new Form(
                        Optional.of(body),
                        false,
                        form.answer,
                        form.mediaType,
                        form.alsoAt,
                        form.alsoAs));
    }

    /** The same with a body that may be of another media type, too. */
    public Binding alsoTakes(String mediaType) {
        Set<String> types = new LinkedHashSet<>(bodyTypes);
        types.add(mediaType);
        return new Binding(
                operationId,
                handler,
                self,
                Collections.unmodifiableSet(types),
                userName,
                completedBy,
                form,
                mostBytes,
                mayLag);
    }

    /**
     * The same with a file as its body, in the field {@code file} of a form ({@link Multipart}).
     *
     * @param most bytes that the file may have
     */
    public Binding takesFile(int most) {
        Binding taking = takes(Schema.object().always("file", Schema.TEXT));
        return new Binding(
                operationId,
                handler,
                self,
                Set.of(MULTIPART),
                userName,
                completedBy,
                taking.form,
                most + Multipart.FRAME,
                mayLag);
    }

    /** The same with the form of a page as its body, and nothing else. */
    public Binding takesForm() {
        return new Binding(
                operationId,
                handler,
                self,
                FORM_ONLY,
                userName,
                completedBy,
                form,
                mostBytes,
                mayLag);
    }

    /** The same with an answer that is a page, its errors too where a browser asks for them. */
    public Binding answersPage() {
        return answersAs(Reply.HTML);
    }

    /** Whether the answer is a page. */
    boolean isPage() {
        return form.mediaType.equals(Reply.HTML);
    }

    /** The same with an answer of this shape. */
    public Binding answers(Shape<?> shape) {
        return answers(shape.schema(Way.OUT));
    }

    /** The same with an answer that looks so. */
    public Binding answers(Schema answer) {
        return in(
                new Form(
                        form.body,
                        form.bodyNeeded,
                        Optional.of(answer),
                        form.mediaType,
                        form.alsoAt,
                        form.alsoAs));
    }

    /** The same with an array of which each looks so. */
    public Binding answersMany(Schema item) {
        return answers(Schema.list(item));
    }

    /** The same with an answer that is no JSON. */
    public Binding answersAs(String type) {
        return in(
                new Form(form.body, form.bodyNeeded, form.answer, type, form.alsoAt, form.alsoAs));
    }

    /** The same with the answer of success at this status, too, which is one of an error. */
    public Binding alsoAt(int status) {
        return in(
                new Form(
                        form.body,
                        form.bodyNeeded,
                        form.answer,
                        form.mediaType,
                        Set.of(status),
                        form.alsoAs));
    }

    /** The same with an answer of other media types, too, if a client asks for them. */
    public Binding alsoAnswersAs(String... types) {
        return in(
                new Form(
                        form.body,
                        form.bodyNeeded,
                        form.answer,
                        form.mediaType,
                        form.alsoAt,
                        Set.of(types)));
    }

    private Binding in(Form other) {
        return new Binding(
                operationId,
                handler,
                self,
                bodyTypes,
                userName,
                completedBy,
                other,
                mostBytes,
                mayLag);
    }
}
