package dev.ostiary.server.openapi;

import dev.ostiary.platform.contract.Answers;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.contract.Operation;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.ErrorWriter;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI 3.0 document of the operations that are bound, and of no others. Paths, verbs, scopes,
 * statuses and query parameters are the contract's; bodies and answers look as the bindings say.
 * Immutable.
 */
public final class OpenApi {

    private static final String VERSION = "0.1.0";

    private static final Set<String> OF_OAUTH = Set.of("OrgAS", "CustomAS", "Client");

    private static final Schema OAUTH_ERROR =
            Schema.object("OAuthError")
                    .always("error", Schema.TEXT)
                    .always("error_description", Schema.TEXT);

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
        SchemaWriter schemas = new SchemaWriter();
        for (Operation operation : contract.operations()) {
            Binding binding = bindings.get(operation.id());
            if (binding != null) {
                ObjectNode path = paths.withObjectProperty(operation.path().text());
                describe(
                        path.putObject(operation.verb().name().toLowerCase(Locale.ROOT)),
                        operation,
                        binding,
                        schemas);
            }
        }
        components(document.putObject("components"), schemas);
        return document;
    }

    private void describe(
            ObjectNode out, Operation operation, Binding binding, SchemaWriter schemas) {
        Binding.Form form = binding.form();
        Answers answers = contract.answers(operation);
        out.put("operationId", operation.id());
        out.putArray("tags").add(operation.family());
        parameters(out, operation, answers);
        form.body()
                .ifPresent(
                        body -> {
                            ObjectNode request = out.putObject("requestBody");
                            request.put("required", form.bodyNeeded());
                            ObjectNode content = request.putObject("content");
                            for (String type : binding.bodyTypes()) {
                                switch (type) {
                                    case Reply.JSON ->
                                            content.putObject(type)
                                                    .set("schema", schemas.write(body));
                                    case Binding.MULTIPART -> file(content.putObject(type));
                                    default -> anyBytes(content.putObject(type));
                                }
                            }
                        });
        ObjectNode responses = out.putObject("responses");
        statuses(operation, answers)
                .forEach(
                        status ->
                                response(
                                        responses.putObject(Integer.toString(status)),
                                        status,
                                        operation,
                                        form,
                                        schemas));
        if (operation.access() != Operation.Access.PUBLIC) {
            out.putArray("security").addObject().putArray("apiToken");
        }
    }

    /** A form whose one field is a file. */
    private static void file(ObjectNode content) {
        ObjectNode schema = content.putObject("schema").put("type", "object");
        schema.putObject("properties")
                .putObject("file")
                .put("type", "string")
                .put("format", "binary");
        schema.putArray("required").add("file");
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

    /**
     * The published ones, and those that the Pipeline answers to any operation of its kind. Health
     * is told to everybody, and as often as anybody asks.
     */
    private static SortedSet<Integer> statuses(Operation operation, Answers answers) {
        SortedSet<Integer> all = new TreeSet<>(answers.statuses());
        all.add(400);
        if (!operation.path().text().startsWith("/health/")) {
            all.add(403);
            all.add(429);
        }
        if (operation.access() != Operation.Access.PUBLIC) {
            all.add(401);
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

    private static void response(
            ObjectNode response,
            int status,
            Operation operation,
            Binding.Form form,
            SchemaWriter schemas) {
        response.put("description", status < 400 ? "Success" : "Error");
        if (status == 204 || isRedirect(status)) {
            return;
        }
        if (status >= 400 && !form.alsoAt().contains(status)) {
            content(response, Reply.JSON).set("schema", schemas.write(errors(operation)));
        } else if (form.answer().isPresent()) {
            content(response, form.mediaType())
                    .set("schema", schemas.write(form.answer().orElseThrow()));
        } else if (!form.mediaType().equals(Reply.JSON)) {
            anyBytes(content(response, form.mediaType()));
        }
    }

    private static boolean isRedirect(int status) {
        return status >= 300 && status < 400;
    }

    /** What servers tell everybody, and nobody can ask wrongly. */
    private static boolean isPublished(Operation operation) {
        String path = operation.path().text();
        return path.contains("/.well-known/") || path.endsWith("/keys");
    }

    /** Clients of authorization servers are told errors as OAuth has them (P19; RFC 6749, 5.2). */
    private static Schema errors(Operation operation) {
        return OF_OAUTH.contains(operation.family()) && !isPublished(operation)
                ? Schema.either(ErrorWriter.SCHEMA, OAUTH_ERROR)
                : ErrorWriter.SCHEMA;
    }

    private static void anyBytes(ObjectNode media) {
        media.putObject("schema").put("type", "string").put("format", "binary");
    }

    private static ObjectNode content(ObjectNode of, String mediaType) {
        return of.putObject("content").putObject(mediaType);
    }

    private static void components(ObjectNode components, SchemaWriter schemas) {
        ObjectNode named = components.putObject("schemas");
        schemas.components().forEach(named::set);
        components
                .putObject("securitySchemes")
                .putObject("apiToken")
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "Authorization")
                .put("description", "SSWS and an API token");
    }
}
