package dev.ostiary.conformance.harness;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What came back.
 *
 * @param request the method and path, for messages
 * @param status the HTTP status
 * @param headers by name in lower case, in the order of the lines
 * @param bytes the body
 */
@SuppressWarnings(
        "ArrayRecordComponent") // nobody compares answers, and a copy of each body would serve
// nobody
public record Answer(String request, int status, Map<String, List<String>> headers, byte[] bytes) {

    private static final Pattern LINK = Pattern.compile("<([^>]*)>; rel=\"(\\w+)\"");

    /** The body as text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The body as a tree. */
    public JsonNode json() {
        if (bytes.length == 0) {
            throw new AssertionError("no body: " + this);
        }
        return Json.parse(bytes);
    }

    /** The value under a path such as {@code profile.login}, as text. */
    public String text(String path) {
        return Json.at(json(), path).asString("");
    }

    /** The code of an error, or what OAuth calls it; empty where the answer is none. */
    public String errorCode() {
        return bytes.length > 0 && bytes[0] == '{'
                ? json().path("errorCode").asString(json().path("error").asString(""))
                : "";
    }

    /** The causes of an error. */
    public List<String> errorCauses() {
        return Json.texts(json().path("errorCauses"), "errorSummary");
    }

    /** The first line of a header. */
    public Optional<String> header(String name) {
        return lines(name).stream().findFirst();
    }

    /** Every line of a header. */
    public List<String> lines(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The target of a {@code Link} relation, absolute. */
    public Optional<String> link(String relation) {
        for (String line : lines("Link")) {
            Matcher matcher = LINK.matcher(line);
            while (matcher.find()) {
                if (matcher.group(2).equals(relation)) {
                    return Optional.of(matcher.group(1));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * This answer, if it has the status; a failed test with the whole answer in words if it has
     * not.
     */
    public Answer expect(int wanted) {
        if (status != wanted) {
            throw new AssertionError("expected " + wanted + " but got " + this);
        }
        return this;
    }

    /** This answer, if it is this error. */
    public Answer expect(int wanted, String code) {
        expect(wanted);
        if (!errorCode().equals(code)) {
            throw new AssertionError("expected " + code + " but got " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        String body = text();
        return request
                + " -> "
                + status
                + " "
                + (body.length() > 2000 ? body.substring(0, 2000) + "…" : body);
    }
}
