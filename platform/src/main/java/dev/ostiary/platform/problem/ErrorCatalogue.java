package dev.ostiary.platform.problem;

import dev.ostiary.platform.contract.Table;
import java.util.Map;
import java.util.TreeMap;

/** All error codes that the API knows. Immutable and thread-safe. */
public final class ErrorCatalogue {

    private final Map<String, ErrorCode> byCode;

    private ErrorCatalogue(Map<String, ErrorCode> byCode) {
        this.byCode = byCode;
    }

    /** Reads the catalogue that is packed with the program. */
    public static ErrorCatalogue load() {
        Map<String, ErrorCode> codes = new TreeMap<>();
        for (Table.Row row : Table.load("contract/errors.tsv").rows()) {
            ErrorCode code =
                    new ErrorCode(
                            row.get("code"),
                            Integer.parseInt(row.get("status")),
                            row.get("summary"));
            codes.put(code.code(), code);
        }
        return new ErrorCatalogue(Map.copyOf(codes));
    }

    /**
     * The row of a code.
     *
     * @throws IllegalArgumentException if the catalogue lacks it, which is a defect of the caller
     */
    public ErrorCode get(String code) {
        ErrorCode found = byCode.get(code);
        if (found == null) {
            throw new IllegalArgumentException("no such error code: " + code);
        }
        return found;
    }
}
