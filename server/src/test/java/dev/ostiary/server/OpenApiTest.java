package dev.ostiary.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("The description of the API")
class OpenApiTest {

    private static final Pattern BOUND = Pattern.compile("(?<!~)`([^`]+)`");

    private final JsonNode now = Json.parse(OpenApiCommand.text());

    @Test
    @DisplayName("P4 it describes exactly what is bound")
    void whatIsBound() {
        List<String> bound =
                CoverageCommand.text()
                        .lines()
                        .filter(line -> line.startsWith("| "))
                        .flatMap(line -> BOUND.matcher(line).results())
                        .map(found -> found.group(1))
                        .toList();
        List<String> described = new ArrayList<>();
        now.get("paths")
                .forEach(
                        path ->
                                path.forEach(
                                        operation ->
                                                described.add(
                                                        operation.get("operationId").asString())));
        assertThat(described).containsExactlyInAnyOrderElementsOf(bound);
    }

    @Test
    @DisplayName("P4 nothing that the newest release described was removed or retyped since")
    void nothingIsLost() throws IOException {
        Path newest;
        try (Stream<Path> kept = Files.list(Path.of("../contract/openapi"))) {
            newest = kept.max(Comparator.comparing(OpenApiTest::version)).orElseThrow();
        }
        List<String> lost = new ArrayList<>();
        lost("", Json.parse(Files.readString(newest)), now, lost);
        assertThat(lost).as("lost since " + newest).isEmpty();
    }

    /** A copy's version, so written that text order is its order. */
    private static String version(Path copy) {
        return Pattern.compile("\\d+")
                .matcher(copy.getFileName().toString())
                .replaceAll(number -> "%9s".formatted(number.group()));
    }

    /**
     * What stands in the kept description and not in today's: an object's every property, a list's
     * every element by its name, and of plain values the types.
     */
    private static void lost(String at, JsonNode kept, JsonNode today, List<String> lost) {
        if (kept.isObject()) {
            kept.forEachEntry(
                    (name, value) -> lostProperty(at + "/" + name, value, today.path(name), lost));
        } else if (kept.isArray() && at.endsWith("/parameters")) {
            for (JsonNode parameter : kept) {
                JsonNode same = named(today, parameter);
                lostProperty(at + "/" + parameter.path("name").asString(), parameter, same, lost);
            }
        } else if (Pattern.matches(".*/(type|format|in|\\$ref)", at) && !kept.equals(today)) {
            lost.add(at + " was " + kept + " and is " + today);
        }
    }

    private static void lostProperty(String at, JsonNode kept, JsonNode today, List<String> lost) {
        if (today.isMissingNode()) {
            lost.add(at);
        } else {
            lost(at, kept, today, lost);
        }
    }

    private static JsonNode named(JsonNode parameters, JsonNode wanted) {
        for (JsonNode each : parameters) {
            if (each.path("name").equals(wanted.path("name"))
                    && each.path("in").equals(wanted.path("in"))) {
                return each;
            }
        }
        return Json.object().path("none");
    }
}
