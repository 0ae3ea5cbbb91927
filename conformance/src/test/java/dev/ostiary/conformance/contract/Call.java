package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call that an operation answers with success: an example of its use. Immutable.
 *
 * @param variables what stands in the path's variables
 * @param query the query, escaped; empty for none
 * @param body the JSON body, or null where the operation takes none
 * @param bodyIsOptional whether it does the same, or something else with success, without its body
 * @param token the API token to call with, where the org's own will not do
 * @param accessToken the user's access token to call with, where the operation takes nothing else
 * @param cookie the session to call in; empty for none
 * @param form what a browser sends from a form instead of a JSON body
 */
record Call(
        Map<String, String> variables,
        String query,
        @Nullable ObjectNode body,
        boolean bodyIsOptional,
        Optional<String> token,
        Optional<String> accessToken,
        String cookie,
        Optional<Form> form) {

    /**
     * A form of a page.
     *
     * @param content as it is sent
     * @param cookies what the browser holds besides the session
     * @param type its media type
     */
    record Form(String content, String cookies, String type) {

        private static final String BOUNDARY = "ostiary-example";

        Form(String content, String cookies) {
            this(content, cookies, "application/x-www-form-urlencoded");
        }

        /** A form with a file, whose bytes are characters of Latin-1. */
        static Form file(String bytes) {
            return new Form(
                    "--"
                            + BOUNDARY
                            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n"
                            + "Content-Type: application/octet-stream\r\n\r\n"
                            + bytes
                            + "\r\n--"
                            + BOUNDARY
                            + "--\r\n",
                    "",
                    "multipart/form-data; boundary=" + BOUNDARY);
        }

        byte[] bytes() {
            return content.getBytes(
                    type.startsWith("multipart/")
                            ? StandardCharsets.ISO_8859_1
                            : StandardCharsets.UTF_8);
        }
    }

    /** A call that needs nothing. */
    static Call plain() {
        return new Call(
                Map.of(),
                "",
                null,
                false,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    /** A call on an object. */
    static Call on(String variable, String value) {
        return plain().and(variable, value);
    }

    /** The same on one more object. */
    Call and(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(variable, value);
        return new Call(more, query, body, bodyIsOptional, token, accessToken, cookie, form);
    }

    /** The same with a query such as {@code sendEmail=false}. */
    Call query(String text) {
        return new Call(variables, text, body, bodyIsOptional, token, accessToken, cookie, form);
    }

    /** The same with the body that it needs. */
    Call body(ObjectNode json) {
        return new Call(variables, query, json, false, token, accessToken, cookie, form);
    }

    /** The same with the body that it needs. */
    Call body(String json) {
        return body((ObjectNode) Json.parse(json));
    }

    /** The same with a body that may be left out. */
    Call optionalBody(String json) {
        return new Call(
                variables,
                query,
                (ObjectNode) Json.parse(json),
                true,
                token,
                accessToken,
                cookie,
                form);
    }

    /** The same with another API token. */
    Call by(String apiToken) {
        return new Call(
                variables,
                query,
                body,
                bodyIsOptional,
                Optional.of(apiToken),
                accessToken,
                cookie,
                form);
    }

    /** The same by an app that acts for a user. */
    Call byApp(String token) {
        return new Call(
                variables,
                query,
                body,
                bodyIsOptional,
                this.token,
                Optional.of(token),
                cookie,
                form);
    }

    /** The same by somebody who is signed in. */
    Call signedIn(String sid) {
        return new Call(variables, query, body, bodyIsOptional, token, accessToken, sid, form);
    }

    /** The same with a form. */
    Call sending(Form filled) {
        return new Call(
                variables,
                query,
                body,
                bodyIsOptional,
                token,
                accessToken,
                cookie,
                Optional.of(filled));
    }

    /** The cookies, as a browser sends them; empty for none. */
    String cookies() {
        String session = cookie.isEmpty() ? "" : "sid=" + cookie;
        String others = form.map(Form::cookies).orElse("");
        return session.isEmpty() || others.isEmpty() ? session + others : session + "; " + others;
    }

    /** The path with its query. */
    String target(Operation operation) {
        String path = operation.pathWith(variables);
        return query.isEmpty() ? path : path + "?" + query;
    }
}
