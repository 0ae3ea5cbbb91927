package dev.ostiary.server.systemlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code docs/events.md}, beside the catalogue and the code. */
@DisplayName("Of the events of sign-in and policy that the catalogue has")
class EventsThatNeverComeTest {

    private static final Pattern FAMILY =
            Pattern.compile("(?:user\\.(?:session|authentication|mfa|account)|policy)\\..+");

    @Test
    @DisplayName("each is written by the code, or the document says why it never comes")
    void complete() throws IOException {
        Set<String> excused = new TreeSet<>(EventTypes.excused("events.md"));
        Set<String> silent = EventTypes.catalogued(FAMILY);
        silent.removeAll(EventTypes.written());

        assertThat(excused).isEqualTo(silent);
    }
}
