package dev.ostiary.server.oauth.problem;

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

    OAuthException(String code, int status, String error, String description) {
        super(code + ": " + description, null, false, false);
        this.code = code;
        this.status = status;
        this.error = error;
        this.description = description;
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
