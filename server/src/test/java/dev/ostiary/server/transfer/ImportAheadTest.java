package dev.ostiary.server.transfer;

import static dev.ostiary.server.transfer.TransferGround.group;
import static dev.ostiary.server.transfer.TransferGround.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.AtOnce;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@DisplayName("Chunks of an import that are written beside each other")
class ImportAheadTest {

    private static final int SIZE = 60;

    private static TransferGround transfer;
    private static Org org;

    @BeforeAll
    static void open(DatabaseAccess access) {
        transfer = new TransferGround(access);
        org = transfer.ground.acme;
    }

    @AfterAll
    static void close() {
        transfer.close();
    }

    @Test
    @DisplayName("P37 are applied once each and in their order, however they come")
    void inOrder() throws Exception {
        String id = transfer.begin(org, "in order", "");
        int users = transfer.rows(org, "users");
        int events = transfer.rows(org, "system_log");
        List<List<String>> chunks = IntStream.range(0, 8).mapToObj(ImportAheadTest::chunk).toList();
        List<Callable<Integer>> sends = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            long from = (long) n * SIZE;
            String body = String.join("\n", chunks.get(n));
            sends.add(() -> sendUntilTaken(id, from, body));
        }

        AtOnce.call(sends);

        JsonNode after = transfer.begun(org, "in order", "");
        assertThat(after.path("position").asInt()).isEqualTo(8 * SIZE);
        assertThat(after.path("users").asInt()).isEqualTo(8 * SIZE);
        LineDigest digest = new LineDigest();
        chunks.forEach(
                chunk -> chunk.forEach(line -> digest.add(line.getBytes(StandardCharsets.UTF_8))));
        assertThat(after.path("digest").asString())
                .isEqualTo(HexFormat.of().formatHex(digest.value()));
        assertThat(transfer.rows(org, "users")).isEqualTo(users + 8 * SIZE);
        assertThat(transfer.rows(org, "system_log")).isEqualTo(events + 8 * SIZE);
    }

    @Test
    @DisplayName("P38 join the groups that the chunk before makes")
    void groupOfTheOneBefore() throws Exception {
        String id = transfer.begin(org, "group before", "");
        String before = String.join("\n", group("Made before"), user("maker@example.com"));
        String after = user("joiner@example.com", ",\"groups\":[\"Made before\"]");

        AtOnce.call(
                List.of(() -> sendUntilTaken(id, 0, before), () -> sendUntilTaken(id, 2, after)));

        assertThat(transfer.begun(org, "group before", "").path("memberships").asInt())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("P40 leave nothing behind when a login of the chunk before comes again")
    void loginOfTheOneBefore() throws Exception {
        String id = transfer.begin(org, "login before", "");
        int users = transfer.rows(org, "users");
        String before = user("twice@example.com");
        String after = String.join("\n", user("bystander@example.com"), before);

        List<String> outcomes =
                AtOnce.call(
                        List.of(
                                () -> Integer.toString(sendUntilTaken(id, 0, before)),
                                () -> refusal(id, 1, after)));

        assertThat(outcomes.getLast())
                .isEqualTo(
                        "[line 3: login: An object with this field already exists in the current"
                                + " organization]");
        assertThat(transfer.begun(org, "login before", "").path("position").asInt()).isEqualTo(1);
        assertThat(transfer.rows(org, "users")).isEqualTo(users + 1);
    }

    private static List<String> chunk(int number) {
        return IntStream.range(0, SIZE)
                .mapToObj(n -> user("ahead-%d-%d@example.com".formatted(number, n)))
                .toList();
    }

    private static int sendUntilTaken(String id, long from, String body) {
        int position;
        do {
            position = transfer.send(org, id, from, body).path("position").asInt();
        } while (position <= from);
        return position;
    }

    private static String refusal(String id, long from, String body) {
        try {
            return Integer.toString(sendUntilTaken(id, from, body));
        } catch (ApiException e) {
            return e.causes().toString();
        }
    }
}
