package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The events of sign-in and policy as a table: a row for each type and each way to end, with the
 * move that makes it happen. A type of the catalogue stands here, or docs/events.md says why it
 * never comes. A proxy that the operator trusts tells where browsers are.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("P38 The events of sign-in and policy")
class EventOutcomesTest {

    private static final Pattern FAMILY =
            Pattern.compile("(?:user\\.(?:session|authentication|mfa|account)|policy)\\..+");

    private static final Pattern EXCUSED = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    private Server server;
    private Org org;
    private List<Told> table;

    @BeforeAll
    void start() {
        server = Server.start("--trusted-proxy", "127.0.0.0/8,::1");
        org = server.newOrg();
        EventGround ground = new EventGround(org);
        table =
                Stream.of(
                                new SessionEvents(ground).all(),
                                new AuthenticationEvents(ground).all(),
                                new MfaEvents(ground).all(),
                                new AccountEvents(ground).all(),
                                new PolicyLogEvents(ground).all())
                        .flatMap(List::stream)
                        .toList();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    Stream<Told> rows() {
        return table.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @DisplayName("end as the catalogue has it")
    void told(Told row) {
        String named = row.move().get();

        List<JsonNode> events = about(row.type(), named);

        assertThat(events.stream().map(EventOutcomesTest::outcome))
                .as("%s about %s: %s", row.type(), named, events)
                .contains(row.outcome());
        for (JsonNode event : events) {
            assertThat(event.at("/actor/id").asString()).isNotBlank();
            assertThat(event.at("/actor/type").asString()).isNotBlank();
        }
    }

    @Test
    @DisplayName("are all here, or are known never to come")
    void complete() throws IOException {
        Path home = server.launcher().home();
        Set<String> expected = new TreeSet<>();
        try (Stream<String> lines = Files.lines(home.resolve("contract/events.tsv"))) {
            lines.map(line -> line.substring(0, line.indexOf('\t')))
                    .filter(type -> FAMILY.matcher(type).matches())
                    .forEach(expected::add);
        }
        EXCUSED.matcher(Files.readString(home.resolve("docs/events.md")))
                .results()
                .forEach(row -> expected.remove(row.group(1)));

        Set<String> told = new TreeSet<>(table.stream().map(Told::type).toList());

        assertThat(told).isEqualTo(expected);
    }

    private List<JsonNode> about(String type, String named) {
        return Json.list(
                        org.http()
                                .get(
                                        "/api/v1/logs?limit=1000&sortOrder=DESCENDING&filter=eventType%20eq%20%22"
                                                + type
                                                + "%22")
                                .expect(200)
                                .json())
                .stream()
                .filter(event -> event.toString().contains("\"" + named + "\""))
                .toList();
    }

    private static String outcome(JsonNode event) {
        String reason = event.at("/outcome/reason").asString("");
        return event.at("/outcome/result").asString()
                + (reason.isEmpty() ? "" : ": " + reason)
                + " ("
                + event.get("severity").asString()
                + ")";
    }
}
