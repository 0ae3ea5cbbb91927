package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Http;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the server itself says of bodies and answers, in {@code /ostiary/v1/openapi.json}. Clients
 * have to take what is not described (P4); here it is a defect.
 */
final class OwnSchemas {

    private static final String BASE = "https://own.invalid/openapi.json";

    private final AnswerSchemas schemas;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private OwnSchemas(AnswerSchemas schemas) {
        this.schemas = schemas;
    }

    static OwnSchemas of(Http server) {
        return of(server.get("/ostiary/v1/openapi.json").expect(200).json());
    }

    static OwnSchemas of(JsonNode description) {
        JsonNode closed = description.deepCopy();
        close(closed);
        return new OwnSchemas(new AnswerSchemas(Map.of(BASE, closed)));
    }

    /**
     * Every object has just the properties that it names, unless it says that it has others. What
     * holds schemas by name has no type, though one of them may be called {@code properties}.
     */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode schema
                && schema.path("type").isString()
                && schema.path("properties").isObject()
                && !schema.has("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
        node.forEach(OwnSchemas::close);
    }

    /** What of an answer with content is not as described; nothing if it is not described. */
    List<String> problems(String operationId, int status, JsonNode body) {
        seen.add(operationId + " " + status);
        return schemas.knows(operationId, status)
                ? schemas.problems(operationId, status, body)
                : List.of(operationId + " " + status + ": no content is described");
    }

    /** What of the body that an operation gets with success is not as described. */
    List<String> problemsOfBody(String operationId, JsonNode body) {
        return schemas.knowsBody(operationId)
                ? schemas.problemsOfBody(operationId, body)
                : List.of(operationId + ": no body is described");
    }

    /** Descriptions of successes that no answer was held against. */
    Set<String> unproven() {
        Set<String> rest = new TreeSet<>(schemas.answers());
        rest.removeAll(seen);
        rest.removeIf(answer -> !answer.matches(".* 2\\d\\d"));
        return rest;
    }
}
