package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts markup and control characters into every string of every body that an operation takes, into
 * ids and into queries, and looks at what comes back: at once, when it is read, in lists and in the
 * log.
 */
@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Hostile values in every string")
class StoredMarkupTest {

    private static final String MARK = "<img src=x onerror=alert(1)>";
    private static final List<String> HOSTILE =
            List.of(
                    MARK,
                    "</script><script>alert('1')</script>&\"\\",
                    "\u2028\u2029{{7*7}}${7*7}",
                    "a\r\n2026-01-01T00:00:00Z forged line");

    private final Server server;
    private final Org org;
    private final Contract contract;
    private final Examples examples = Examples.all();
    private final Stock stock;
    private final Stock inDefaultOrg;

    StoredMarkupTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.contract = Contract.read(server.launcher().home());
        this.stock = new Stock(org);
        this.inDefaultOrg = new Stock(server.defaultOrg());
    }

    @TestFactory
    @DisplayName("P18 P36 in the bodies of")
    Stream<DynamicTest> bodies() {
        return contract.bound().stream()
                .filter(this::hasText)
                .map(
                        operation ->
                                dynamicTest(
                                        "P18 P36 in the body of " + operation,
                                        () -> everyString(operation, at -> inTurn(operation, at))));
    }

    @Tag("deep")
    @TestFactory
    @DisplayName("P18 P36 all of them, in the bodies of")
    Stream<DynamicTest> allInBodies() {
        return contract.bound().stream()
                .filter(this::hasText)
                .map(
                        operation ->
                                dynamicTest(
                                        "P18 P36 all of them, in the body of " + operation,
                                        () -> everyString(operation, _ -> HOSTILE)));
    }

    /** One for each place: all come by in many places, and each place is tried. */
    private static List<String> inTurn(Operation operation, int place) {
        int turn = operation.id().hashCode() + place;
        return List.of(HOSTILE.get(Math.floorMod(turn, HOSTILE.size())));
    }

    /** A body without properties has no place for anything hostile. */
    private boolean hasText(Operation operation) {
        Call example = example(operation);
        return example.body() != null && !body(example).isEmpty();
    }

    private Stock stock(Operation operation) {
        return examples.isOfTheServer(operation) ? inDefaultOrg : stock;
    }

    private Call example(Operation operation) {
        return examples.of(operation).getLast().apply(stock(operation));
    }

    private void everyString(Operation operation, IntFunction<List<String>> hostiles) {
        int places = strings(body(example(operation))).size();
        for (int place = 0; place < places; place++) {
            for (String hostile : hostiles.apply(place)) {
                Call call = example(operation);
                ObjectNode body = body(call);
                strings(body).get(place).set(hostile);
                send(operation, call, body, hostile);
            }
        }
    }

    private void send(Operation operation, Call call, ObjectNode body, String hostile) {
        Http http = stock(operation).http();
        Answer answer =
                http.with("Content-Type", "application/json")
                        .send(
                                operation.method(),
                                call.target(operation),
                                Json.text(body).getBytes(StandardCharsets.UTF_8));
        harmless(answer);
        if (answer.status() < 300 && answer.bytes().length > 0) {
            JsonNode self = answer.json().at("/_links/self/href");
            if (self.isString()) {
                Answer read = http.get(self.asString()).expect(200);
                harmless(read);
                sameTexts(answer.json(), read.json(), hostile);
            }
        }
    }

    /** What was stored is read as it was sent: nobody cleans or doubles escapes. */
    private static void sameTexts(JsonNode sent, JsonNode read, String hostile) {
        List<Place> before = strings(sent).stream().filter(at -> at.get().equals(hostile)).toList();
        List<Place> after = strings(read).stream().filter(at -> at.get().equals(hostile)).toList();
        assertThat(after).hasSameSizeAs(before);
    }

    @Test
    @DisplayName("P18 in ids and in queries")
    void idsAndQueries() {
        for (Operation operation : contract.bound()) {
            if (operation.access() == Operation.Access.PUBLIC) {
                continue;
            }
            Http http = stock(operation).http();
            for (String hostile : HOSTILE) {
                String escaped =
                        URLEncoder.encode(hostile, StandardCharsets.UTF_8).replace("+", "%20");
                if (!operation.variables().isEmpty()) {
                    harmless(http.send(operation.method(), operation.pathWith(escaped), null));
                }
                if (operation.method().equals("GET")) {
                    String path = operation.pathWith(Asker.UNKNOWN);
                    for (String name :
                            List.of("q", "search", "filter", "after", "limit", "sortBy")) {
                        harmless(
                                http.get(path + "?" + name + "=" + escaped),
                                examples.mediaType(operation));
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("P18 in lists, in the System Log and in the server's own log")
    void listsAndLogs() throws IOException {
        for (String hostile : HOSTILE) {
            org.http()
                    .with("User-Agent", MARK)
                    .post(
                            "/api/v1/groups",
                            "{\"profile\":{\"name\":" + Json.text(stock.name() + hostile) + "}}");
        }
        for (String path : List.of("/api/v1/groups?limit=100", "/api/v1/users", "/api/v1/logs")) {
            harmless(org.http().get(path).expect(200));
        }
        assertThat(org.http().get("/api/v1/logs?q=img").expect(200).text()).contains("onerror");
        assertThat(Files.readAllLines(server.log()))
                .noneMatch(line -> line.startsWith("2026-01-01T00:00:00Z forged"));
    }

    /** Whatever it says, a browser neither renders nor sniffs it, and errors carry no markup. */
    private static void harmless(Answer answer) {
        harmless(answer, "application/json");
    }

    /**
     * @param mediaType of an answer that is no error
     */
    private static void harmless(Answer answer, String mediaType) {
        // a parameter that is not there yet says so: E0000060
        assertThat(answer.status() < 500 || answer.errorCode().equals("E0000060"))
                .as(answer.toString())
                .isTrue();
        List<String> broken = new ArrayList<>();
        AnswerRules.headers(answer, mediaType, broken);
        assertThat(broken).as(answer.toString()).isEmpty();
        if (answer.status() >= 400) {
            assertThat(answer.text()).as(answer.toString()).doesNotContain("<", ">", "&");
        }
    }

    private static ObjectNode body(Call call) {
        return (ObjectNode) Json.parse(String.valueOf(call.body()));
    }

    /** A string in a tree, and the way to change it. */
    private interface Place {
        String get();

        void set(String text);
    }

    private record Property(ObjectNode object, String name) implements Place {
        @Override
        public String get() {
            return object.get(name).asString();
        }

        @Override
        public void set(String text) {
            object.put(name, text);
        }
    }

    private record Element(ArrayNode array, int index) implements Place {
        @Override
        public String get() {
            return array.get(index).asString();
        }

        @Override
        public void set(String text) {
            array.set(index, text);
        }
    }

    private static List<Place> strings(JsonNode node) {
        List<Place> found = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.forEachEntry(
                    (name, value) -> {
                        if (value.isString()) {
                            found.add(new Property(object, name));
                        } else {
                            found.addAll(strings(value));
                        }
                    });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isString()) {
                    found.add(new Element(array, i));
                } else {
                    found.addAll(strings(array.get(i)));
                }
            }
        }
        return found;
    }
}
