package dev.ostiary.server.openapi;

import dev.ostiary.platform.contract.Answers;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.contract.Operation;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.json.Json;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI 3.0 document of the operations that are bound, and of no others. Paths, verbs, scopes,
 * statuses and query parameters are the contract's; bodies and answers are described by the shapes
 * that decode and write them, and are left open where no shape does. Immutable.
 */
public final class OpenApi {

    private static final String VERSION = "0.1.0";
    private static final String ERROR = "#/components/schemas/Error";

    private final Contract contract;
    private final Map<String, Binding> bindings;

    public OpenApi(Contract contract, Map<String, Binding> bindings) {
        this.contract = contract;
        this.bindings = Map.copyOf(bindings);
    }

    /** The document; the same operations make the same text. */
    public ObjectNode tree() {
        ObjectNode document = Json.object().put("openapi", "3.0.3");
        document.putObject("info").put("title", "Ostiary").put("version", VERSION);
        document.putArray("servers").addObject().put("url", "/");
        ObjectNode paths = document.putObject("paths");
        for (Operation operation : contract.operations()) {
            Binding binding = bindings.get(operation.id());
            if (binding != null) {
                ObjectNode path = paths.withObjectProperty(operation.path().text());
                describe(
                        path.putObject(operation.verb().name().toLowerCase(Locale.ROOT)),
                        operation,
                        binding);
            }
        }
        components(document.putObject("components"));
        return document;
    }

    private void describe(ObjectNode out, Operation operation, Binding binding) {
        Answers answers = contract.answers(operation);
        out.put("operationId", operation.id());
        out.putArray("tags").add(operation.family());
        parameters(out, operation, answers);
        binding.body()
                .ifPresent(
                        shape -> {
                            ObjectNode body = out.putObject("requestBody").put("required", true);
                            json(body).set("schema", shape.describe());
                        });
        ObjectNode responses = out.putObject("responses");
        statuses(operation, answers).forEach(status -> response(responses, status, binding));
        if (operation.access() != Operation.Access.PUBLIC) {
            out.putArray("security").addObject().putArray("apiToken");
        }
    }

    private static void parameters(ObjectNode out, Operation operation, Answers answers) {
        if (operation.path().variables().isEmpty() && answers.query().isEmpty()) {
            return;
        }
        var parameters = out.putArray("parameters");
        for (String name : operation.path().variables()) {
            ObjectNode parameter = parameters.addObject().put("name", name).put("in", "path");
            parameter.put("required", true).putObject("schema").put("type", "string");
        }
        for (String name : answers.query()) {
            ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
            parameter.putObject("schema").put("type", "string");
        }
    }

    /** The published ones, and those that the Pipeline answers to any operation of its kind. */
    private static SortedSet<Integer> statuses(Operation operation, Answers answers) {
        SortedSet<Integer> all = new TreeSet<>(answers.statuses());
        all.add(400);
        all.add(429);
        if (operation.access() != Operation.Access.PUBLIC) {
            all.add(401);
            all.add(403);
        }
        if (!operation.path().variables().isEmpty()) {
            all.add(404);
        }
        if (operation.verb().mayHaveBody()) {
            all.add(413);
        }
        if (operation.verb().needsLength()) {
            all.add(411);
        }
        return all;
    }

    private static void response(ObjectNode responses, int status, Binding binding) {
        ObjectNode response = responses.putObject(Integer.toString(status));
        response.put("description", status < 400 ? "Success" : "Error");
        if (status >= 400) {
            json(response).putObject("schema").put("$ref", ERROR);
        } else if (status != 204) {
            ObjectNode schema =
                    response.putObject("content")
                            .putObject(binding.mediaType())
                            .putObject("schema");
            binding.answer().ifPresent(shape -> answer(schema, binding, shape.describe()));
        }
    }

    private static void answer(ObjectNode schema, Binding binding, ObjectNode described) {
        if (binding.operationId().startsWith("list")) {
            schema.put("type", "array").set("items", described);
        } else {
            schema.setAll(described);
        }
    }

    private static ObjectNode json(ObjectNode of) {
        return of.putObject("content").putObject("application/json");
    }

    private static void components(ObjectNode components) {
        ObjectNode error = components.putObject("schemas").putObject("Error").put("type", "object");
        var required = error.putArray("required");
        ObjectNode properties = error.putObject("properties");
        for (String name : new String[] {"errorCode", "errorSummary", "errorLink", "errorId"}) {
            required.add(name);
            properties.putObject(name).put("type", "string");
        }
        required.add("errorCauses");
        ObjectNode cause =
                properties.putObject("errorCauses").put("type", "array").putObject("items");
        cause.put("type", "object")
                .putObject("properties")
                .putObject("errorSummary")
                .put("type", "string");
        components
                .putObject("securitySchemes")
                .putObject("apiToken")
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "Authorization");
    }
}
