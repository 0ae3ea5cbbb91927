package dev.ostiary.conformance.contract;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.ostiary.conformance.harness.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The schemas of answers in descriptions of an API (OpenAPI 3.0). */
final class AnswerSchemas {

    private final Map<String, String> pointers = new HashMap<>();
    private final SchemaRegistry registry;

    /**
     * @param documents the descriptions, by an address that each is known by
     */
    AnswerSchemas(Map<String, JsonNode> documents) {
        Map<String, String> texts = new HashMap<>();
        documents.forEach(
                (location, document) -> {
                    texts.put(location, Json.text(document));
                    read(location, document);
                });
        registry =
                SchemaRegistry.withDefaultDialect(
                        Dialects.getOpenApi30(), builder -> builder.schemas(texts));
    }

    private void read(String location, JsonNode document) {
        document.get("paths")
                .forEachEntry(
                        (path, verbs) ->
                                verbs.forEachEntry(
                                        (verb, operation) -> {
                                            if (operation.isObject()
                                                    && operation.has("responses")) {
                                                note(document, location, path, verb, operation);
                                            }
                                        }));
    }

    private void note(
            JsonNode document, String location, String path, String verb, JsonNode operation) {
        operation
                .get("responses")
                .forEachEntry(
                        (status, response) -> {
                            String pointer =
                                    "/paths/" + escape(path) + "/" + verb + "/responses/" + status;
                            JsonNode resolved = response;
                            if (response.has("$ref")) {
                                pointer = response.get("$ref").asString().substring(1);
                                resolved = document.at(pointer);
                            }
                            if (!resolved.at("/content/application~1json/schema").isMissingNode()) {
                                pointers.put(
                                        operation.path("operationId").asString("") + " " + status,
                                        location
                                                + "#"
                                                + pointer
                                                + "/content/application~1json/schema");
                            }
                        });
    }

    private static String escape(String path) {
        return path.replace("~", "~0").replace("/", "~1");
    }

    /** Whether there is a schema for this answer. */
    boolean knows(String operationId, int status) {
        return pointers.containsKey(operationId + " " + status);
    }

    /** What there are schemas for: an operation's id, a space, a status. */
    Set<String> answers() {
        return pointers.keySet();
    }

    /** What of an answer its schema does not allow. */
    List<String> problems(String operationId, int status, JsonNode body) {
        String pointer = pointers.get(operationId + " " + status);
        if (pointer == null) {
            throw new IllegalArgumentException("no schema for " + operationId + " " + status);
        }
        Schema schema = registry.getSchema(SchemaLocation.of(pointer));
        return schema.validate(Json.text(body), InputFormat.JSON).stream()
                .map(
                        problem ->
                                operationId
                                        + " "
                                        + status
                                        + ": "
                                        + problem.getInstanceLocation()
                                        + " "
                                        + problem.getMessage())
                .distinct()
                .toList();
    }
}
