package dev.ostiary.server.systemlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code docs/events-of-apps.md}, beside the catalogue and the code. */
@DisplayName("Of the events of apps and authorization servers that the catalogue has")
class AppEventsThatNeverComeTest {

    private static final Pattern FAMILY = Pattern.compile("(?:app|application|oauth2)\\..+");

    /** Written as a beginning and a step: {@code ServerEvents.key}. */
    private static final String RESOURCE_KEYS =
            "app.oauth2.as.resource_server.credentials.lifecycle.";

    private static Set<String> written() throws IOException {
        Set<String> types = EventTypes.written();
        List.of("create", "activate", "deactivate", "delete")
                .forEach(step -> types.add(RESOURCE_KEYS + step));
        return types;
    }

    private static boolean isMeant(String row, String type) {
        return row.endsWith("*")
                ? type.startsWith(row.substring(0, row.length() - 1))
                : type.equals(row);
    }

    @Test
    @DisplayName("each is written by the code, or the document says why it never comes")
    void complete() throws IOException {
        List<String> rows = EventTypes.excused("events-of-apps.md");
        Set<String> silent = EventTypes.catalogued(FAMILY);
        silent.removeAll(written());

        assertThat(silent).allSatisfy(type -> assertThat(rows).anyMatch(row -> isMeant(row, type)));
        assertThat(rows)
                .doesNotHaveDuplicates()
                .allSatisfy(row -> assertThat(silent).anyMatch(type -> isMeant(row, type)));
    }
}
