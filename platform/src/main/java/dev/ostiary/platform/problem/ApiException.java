package dev.ostiary.platform.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that ends with a documented error. Carries the code, the arguments of its text and its
 * causes; the text itself is the catalogue's. It has no stack trace: it is an answer, not a defect.
 */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<Object> arguments;
    private final List<String> causes;
    private final int status;
    private final @Nullable String summary;

    private ApiException(
            String code,
            List<Object> arguments,
            List<String> causes,
            int status,
            @Nullable String summary) {
        super(code + " " + arguments + " " + causes, null, false, false);
        this.code = code;
        this.arguments = arguments;
        this.causes = causes;
        this.status = status;
        this.summary = summary;
    }

    /** An error of the catalogue without causes. */
    public static ApiException of(String code, Object... arguments) {
        return new ApiException(code, List.of(arguments), List.of(), 0, null);
    }

    /** The same error with these causes; their order is kept. */
    public ApiException because(List<String> reasons) {
        return new ApiException(code, arguments, List.copyOf(reasons), status, summary);
    }

    /** The same error with these causes; their order is kept. */
    public ApiException because(String... reasons) {
        return because(List.of(reasons));
    }

    /**
     * The same error with a status that was observed on the wire where the catalogue says another.
     */
    public ApiException withStatus(int observed) {
        return new ApiException(code, arguments, causes, observed, summary);
    }

    /**
     * The same error with the summary that the documentation shows for one operation where the
     * catalogue has another (the log's filter errors).
     */
    public ApiException saying(String documented) {
        return new ApiException(code, arguments, causes, status, documented);
    }

    /**
     * {@code E0000001}: a well-formed body or parameter that breaks a rule.
     *
     * @param subject what the original names in the summary: a field or an object
     * @param reasons every broken rule, {@code field: message} each
     */
    public static ApiException validation(String subject, List<String> reasons) {
        return of("E0000001", subject).because(reasons);
    }

    /** {@code E0000001} with the causes given one by one. */
    public static ApiException validation(String subject, String... reasons) {
        return validation(subject, List.of(reasons));
    }

    /**
     * {@code E0000007}: no such object in this org.
     *
     * @param id what the client asked for
     * @param type the wire's name of the type, such as {@code User} or {@code UserGroup} (WIRE,
     *     Errors)
     */
    public static ApiException notFound(String id, String type) {
        return of("E0000007", "Resource not found: " + id + " (" + type + ")");
    }

    /** {@code E0000006}: authenticated, but not allowed. */
    public static ApiException forbidden() {
        return of("E0000006");
    }

    /** The catalogue's code. */
    public String code() {
        return code;
    }

    /** What fills the places of the text. */
    public List<Object> arguments() {
        return arguments;
    }

    /** The causes, maybe none. */
    public List<String> causes() {
        return causes;
    }

    /** The status to answer with, given the catalogue's row. */
    public int status(ErrorCode row) {
        return status == 0 ? row.status() : status;
    }

    /** The summary to answer with, given the catalogue's row. */
    public String summary(ErrorCode row) {
        return summary == null ? row.summary(arguments.toArray()) : summary;
    }

    /**
     * The exception found in a chain of causes, so that a wrapper on the way up does not hide the
     * answer.
     */
    public static @Nullable ApiException in(@Nullable Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof ApiException api) {
                return api;
            }
        }
        return null;
    }
}
