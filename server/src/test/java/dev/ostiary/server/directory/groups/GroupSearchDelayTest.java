package dev.ostiary.server.directory.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An org that asks for a delay of its searches. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupSearchDelayTest {

    private static final Duration DELAY = Duration.ofSeconds(2);

    private final TestDirectory directory;
    private final Org plain;
    private final Org late;

    GroupSearchDelayTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        plain = directory.org("late");
        late = plain.with(OrgSettings.defaults().searchDelay(DELAY));
    }

    @AfterAll
    void close() {
        directory.close();
    }

    private List<String> search(Org org, String name) {
        return directory.names(org, "search=profile.name+eq+%22" + name + "%22");
    }

    @Test
    @DisplayName(
            "P29 given a new group, then by id at once, by search, filter and q after the delay")
    void created() {
        String id = directory.group(late, "New");

        assertThat(directory.get(late, id).path("id").asString()).isEqualTo(id);
        assertThat(directory.names(late, "")).contains("New");
        assertThat(search(late, "New")).isEmpty();
        assertThat(directory.names(late, "q=Ne")).isEmpty();
        assertThat(directory.names(late, "filter=id+eq+%22" + id + "%22")).isEmpty();
        assertThat(directory.names(late, "search=not+(profile.name+eq+%22x%22)"))
                .doesNotContain("New")
                .contains("Everyone");
        assertThat(search(plain, "New")).as("without the delay").hasSize(1);

        directory.pass(DELAY);

        assertThat(search(late, "New")).containsExactly("New");
        assertThat(directory.names(late, "q=Ne")).containsExactly("New");
        assertThat(directory.names(late, "filter=id+eq+%22" + id + "%22")).containsExactly("New");
    }

    @Test
    @DisplayName("P29 given another name, then searches know the old one until the delay is over")
    void changed() {
        String id = directory.group(late, "Before");
        directory.pass(DELAY);
        directory.replace(late, id, "{\"profile\":{\"name\":\"After\"}}");

        assertThat(search(late, "Before")).as("shown as it is").containsExactly("After");
        assertThat(search(late, "After")).isEmpty();

        directory.pass(DELAY);

        assertThat(search(late, "Before")).isEmpty();
        assertThat(search(late, "After")).hasSize(1);
    }

    @Test
    @DisplayName("P29 P40 given a deleted group, or another org, then searches do not find it")
    void deleted() {
        String id = directory.group(late, "Gone");
        directory.pass(DELAY);
        directory.replace(late, id, "{\"profile\":{\"name\":\"Goner\"}}");
        Org other = directory.org("late-other").with(late.settings());
        assertThat(search(other, "Gone")).isEmpty();

        directory.call(late, "deleteGroup", Map.of("groupId", id), "");

        assertThat(search(late, "Gone")).isEmpty();
        directory.pass(DELAY);
        assertThat(search(late, "Goner")).isEmpty();
    }
}
