package dev.ostiary.platform.http;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.problem.ErrorCatalogue;
import dev.ostiary.platform.problem.ErrorCode;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;

/**
 * The one writer of the error object (P17): five fields, always in the same order. {@code <},
 * {@code >} and {@code &} leave as escapes, so that echoed input cannot run in a browser while the
 * decoded value is unchanged (P18). Thread-safe.
 */
public final class ErrorWriter {

    /** What it writes. */
    public static final Schema SCHEMA =
            Schema.object("Error")
                    .always("errorCode", Schema.TEXT)
                    .always("errorSummary", Schema.TEXT)
                    .always("errorLink", Schema.TEXT)
                    .always("errorId", Schema.TEXT)
                    .always(
                            "errorCauses",
                            Schema.list(Schema.object().always("errorSummary", Schema.TEXT)));

    private final ErrorCatalogue catalogue;
    private final Supplier<String> errorIds;

    /**
     * @param errorIds makes a fresh, unique {@code oae…} at each call
     */
    public ErrorWriter(ErrorCatalogue catalogue, Supplier<String> errorIds) {
        this.catalogue = catalogue;
        this.errorIds = errorIds;
    }

    /** The answer to an error of the catalogue. */
    public Written write(ApiException error) {
        ErrorCode row = catalogue.get(error.code());
        String summary = error.summary(row);
        return write(error.status(row), error.code(), summary, error.causes());
    }

    /** The answer to what nobody foresaw: says nothing of the inside. */
    public Written unexpected() {
        return write(ApiException.of("E0000009"));
    }

    /**
     * The answer to what the catalogue lacks (411, 413, 414, 431): its status with {@code E0000003}
     * (P17).
     *
     * @param status the HTTP status
     * @param cause what the client can do about it
     */
    public Written refused(int status, String cause) {
        ErrorCode row = catalogue.get("E0000003");
        return write(status, row.code(), row.summary(), List.of(cause));
    }

    private Written write(int status, String code, String summary, List<String> causes) {
        String errorId = errorIds.get();
        byte[] body = Json.escapedBytes(out -> body(out, code, summary, errorId, causes));
        return new Written(status, code, errorId, body);
    }

    private static void body(
            JsonGenerator out, String code, String summary, String errorId, List<String> causes) {
        out.writeStartObject();
        out.writeStringProperty("errorCode", code);
        out.writeStringProperty("errorSummary", summary);
        out.writeStringProperty("errorLink", code);
        out.writeStringProperty("errorId", errorId);
        out.writeArrayPropertyStart("errorCauses");
        for (String cause : causes) {
            out.writeStartObject();
            out.writeStringProperty("errorSummary", cause);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /**
     * A written error.
     *
     * @param status HTTP status
     * @param code the catalogue's code
     * @param errorId the id that the log line carries too
     * @param body the JSON
     */
    public record Written(int status, String code, String errorId, byte[] body) {}
}
