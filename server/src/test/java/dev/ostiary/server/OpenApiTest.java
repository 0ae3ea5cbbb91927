package dev.ostiary.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("The description of the API")
class OpenApiTest {

    private static final Pattern BOUND = Pattern.compile("(?<!~)`([^`]+)`");
    private static final String ERROR = "/components/schemas/Error/properties";

    private static final JsonNode NOW = Json.parse(OpenApiCommand.text());

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
        NOW.get("paths")
                .forEach(
                        path ->
                                path.forEach(
                                        operation ->
                                                described.add(
                                                        operation.get("operationId").asString())));
        assertThat(described).containsExactlyInAnyOrderElementsOf(bound);
    }

    @Test
    @DisplayName(
            "P17 it names the 404 of what a body speaks of: a group that is not there, an address that nobody blocks")
    void refusalsOfBodies() {
        for (String path : List.of("/api/v1/users", "/ostiary/v1/zones/unblock")) {
            assertThat(NOW.get("paths").get(path).at("/post/responses").propertyNames())
                    .as(path)
                    .contains("404");
        }
    }

    @Test
    @DisplayName("P4 nothing that the newest release described was removed or retyped since")
    void nothingIsLost() throws IOException {
        Path newest;
        try (Stream<Path> kept = Files.list(Path.of("../contract/openapi"))) {
            newest = kept.max(Comparator.comparing(OpenApiTest::version)).orElseThrow();
        }
        assertThat(Losses.between(Json.parse(Files.readString(newest)), NOW))
                .as("lost since " + newest)
                .isEmpty();
    }

    /** A copy's version, so written that text order is its order. */
    private static String version(Path copy) {
        return Pattern.compile("\\d+")
                .matcher(copy.getFileName().toString())
                .replaceAll(number -> "%9s".formatted(number.group()));
    }

    @Test
    @DisplayName("P4 a path, a parameter, a property or a status that goes away is a loss")
    void removed() {
        assertThat(lossesWhen(now -> now.withObject("/paths").remove("/api/v1/groups")))
                .containsExactly("//api/v1/groups is gone");
        assertThat(lossesWhen(now -> ((ArrayNode) now.at(get("/parameters"))).remove(0)))
                .containsExactly("//api/v1/groups/get/parameters/search is gone");
        assertThat(lossesWhen(now -> now.withObject(get("/responses")).remove("403")))
                .containsExactly("//api/v1/groups/get/responses/403 is gone");
        assertThat(lossesWhen(now -> now.withObject(ERROR).remove("errorId")))
                .contains(inError("errorId") + " is gone");
    }

    @Test
    @DisplayName("P4 a parameter or a property of another type is a loss")
    void retyped() {
        assertThat(
                        lossesWhen(
                                now ->
                                        now.withObject(get("/parameters/0/schema"))
                                                .put("type", "integer")))
                .containsExactly(
                        "//api/v1/groups/get/parameters/search/schema/type was \"string\" and is"
                                + " \"integer\"");
        assertThat(lossesWhen(now -> now.withObject(ERROR + "/errorId").put("type", "integer")))
                .contains(inError("errorId") + "/type was \"string\" and is \"integer\"");
        assertThat(lossesWhen(now -> now.withObject(ERROR + "/errorId").remove("type")))
                .contains(inError("errorId") + "/type is gone");
    }

    @Test
    @DisplayName("P4 what is new is no loss, nor is the order of parameters")
    void grown() {
        assertThat(
                        lossesWhen(
                                now -> {
                                    now.withObject(ERROR).putObject("new").put("type", "string");
                                    ArrayNode parameters = (ArrayNode) now.at(get("/parameters"));
                                    parameters.add(parameters.remove(0));
                                    parameters
                                            .insertObject(0)
                                            .put("name", "new")
                                            .put("in", "query");
                                }))
                .isEmpty();
    }

    private static List<String> lossesWhen(Consumer<ObjectNode> change) {
        ObjectNode changed = (ObjectNode) NOW.deepCopy();
        change.accept(changed);
        assertThat(changed).isNotEqualTo(NOW);
        return Losses.between(NOW, changed);
    }

    private static String get(String rest) {
        return "/paths/~1api~1v1~1groups/get" + rest;
    }

    private static String inError(String property) {
        return "//api/v1/groups/get/responses/400/content/application/json/schema/properties/"
                + property;
    }
}
