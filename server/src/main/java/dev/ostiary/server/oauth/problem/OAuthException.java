package dev.ostiary.server.oauth.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request to an OAuth endpoint that ends with a documented error. It has no stack trace: it is an
 * answer, not a defect.
 */
public final class OAuthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;
    private final String error;
    private final String description;
    private final Map<String, String> more;

    OAuthException(String code, int status, String error, String description) {
        this(code, status, error, description, Map.of());
    }

    private OAuthException(
            String code, int status, String error, String description, Map<String, String> more) {
        super(code + ": " + description, null, false, false);
        this.code = code;
        this.status = status;
        this.error = error;
        this.description = description;
        this.more = new LinkedHashMap<>(more);
    }

    /** The same with another member of its answer, which the log does not tell. */
    public OAuthException with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new OAuthException(code, status, error, description, all);
    }

    /** What its answer says besides. */
    public Map<String, String> more() {
        return Collections.unmodifiableMap(more);
    }

    /** Its name in the table, as the log tells it. */
    public String code() {
        return code;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** What {@code error} says. */
    public String error() {
        return error;
    }

    /** What {@code error_description} says. */
    public String description() {
        return description;
    }
}
