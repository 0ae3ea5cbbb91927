package dev.ostiary.platform.problem;

/**
 * One row of {@code contract/errors.tsv}: the public code, the HTTP status it travels with and its
 * text with {@code {0}}-style places.
 *
 * @param code {@code E0000001} and so on
 * @param status HTTP status
 * @param summary template of {@code errorSummary}, exactly as on the wire
 */
public record ErrorCode(String code, int status, String summary) {

    /** The summary with its numbered places filled; a place without an argument becomes empty. */
    public String summary(Object... arguments) {
        String text = summary;
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return text;
    }
}
