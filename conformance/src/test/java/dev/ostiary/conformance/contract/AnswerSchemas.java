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
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The schemas of answers and of bodies in descriptions of an API (OpenAPI 3.0). */
final class AnswerSchemas {

    private static final String BODY = "body";
    private static final String CONTENT = "/content/application~1json/schema";

    private final Map<String, String> pointers = new HashMap<>();
    private final SchemaRegistry registry;
    private final Map<String, Schema> documents = new ConcurrentHashMap<>();
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

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
        String at = "/paths/" + escape(path) + "/" + verb;
        note(document, location, operation, BODY, at + "/requestBody");
        operation
                .get("responses")
                .forEachEntry(
                        (status, response) ->
                                note(
                                        document,
                                        location,
                                        operation,
                                        status,
                                        at + "/responses/" + status));
    }

    /** What stands there may be a reference to what stands elsewhere. */
    private void note(
            JsonNode document, String location, JsonNode operation, String what, String at) {
        JsonNode reference = document.at(at).path("$ref");
        String pointer = reference.isString() ? reference.asString().substring(1) : at;
        if (!document.at(pointer + CONTENT).isMissingNode()) {
            pointers.put(
                    operation.path("operationId").asString("") + " " + what,
                    location + "#" + pointer + CONTENT);
        }
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

    /** Whether the operation takes a body that there is a schema for. */
    boolean knowsBody(String operationId) {
        return pointers.containsKey(operationId + " " + BODY);
    }

    /** What of an answer its schema does not allow. */
    List<String> problems(String operationId, int status, JsonNode body) {
        return problems(operationId + " " + status, body);
    }

    /** What of a request's body its schema does not allow. */
    List<String> problemsOfBody(String operationId, JsonNode body) {
        return problems(operationId + " " + BODY, body);
    }

    /**
     * The registry reads a whole document for each place in it that it is asked for, and keeps them
     * all: so it is asked for the document, and the document for the place.
     */
    private Schema schema(String pointer) {
        SchemaLocation place = SchemaLocation.of(pointer);
        String location = pointer.substring(0, pointer.indexOf('#'));
        return documents
                .computeIfAbsent(location, at -> registry.getSchema(SchemaLocation.of(at)))
                .getRefSchema(place.getFragment());
    }

    private List<String> problems(String what, JsonNode body) {
        String pointer = pointers.get(what);
        if (pointer == null) {
            throw new IllegalArgumentException("no schema for " + what);
        }
        return schemas
                .computeIfAbsent(pointer, this::schema)
                .validate(Json.text(body), InputFormat.JSON)
                .stream()
                .map(
                        problem ->
                                what
                                        + ": "
                                        + problem.getInstanceLocation()
                                        + " "
                                        + problem.getMessage())
                .distinct()
                .toList();
    }
}
