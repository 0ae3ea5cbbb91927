package dev.ostiary.server.oauth.problem;

import dev.ostiary.platform.contract.Table;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The table of errors. Immutable and thread-safe. */
public final class OAuthErrors {

    private static final int LONGEST_SHOWN = 200;
    private static final Pattern NOT_SHOWN = Pattern.compile("[^A-Za-z0-9 :/._~-]");

    private final Map<String, Text> texts;

    private record Text(int status, String error, String description) {}

    private OAuthErrors(Map<String, Text> texts) {
        this.texts = Map.copyOf(texts);
    }

    /** Reads the table that is packed with the program. */
    public static OAuthErrors load() {
        Map<String, Text> texts = new HashMap<>();
        for (Table.Row row : Table.load("contract/oauth-errors.tsv").rows()) {
            texts.put(
                    row.get("code"),
                    new Text(
                            Integer.parseInt(row.get("status")),
                            row.get("error"),
                            row.get("description")));
        }
        return new OAuthErrors(texts);
    }

    /**
     * What somebody said, as it may stand in the text of an error: as far as it could be a name of
     * OAuth, and no further.
     */
    public static String shown(String said) {
        String cut = said.length() <= LONGEST_SHOWN ? said : said.substring(0, LONGEST_SHOWN);
        return NOT_SHOWN.matcher(cut).replaceAll("");
    }

    /**
     * An error.
     *
     * @param arguments what stands in the places of its text
     * @throws IllegalArgumentException if the table lacks it, which is a defect of the caller
     */
    public OAuthException of(String code, Object... arguments) {
        Text text = texts.get(code);
        if (text == null) {
            throw new IllegalArgumentException("no such OAuth error: " + code);
        }
        String description = text.description();
        for (int i = 0; i < arguments.length; i++) {
            description = description.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return new OAuthException(code, text.status(), text.error(), description);
    }
}
