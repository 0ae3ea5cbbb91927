package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The published API descriptions (OpenAPI 3.0), where their folder is present: {@code
 * ../shared/reference} beside the project, or the folder that the variable {@code
 * OSTIARY_REFERENCE} names. The project does not hold them.
 */
final class PublishedSchemas {

    private static final String BASE = "https://published.invalid/";
    private static final int LARGEST_DOCUMENT = 64 * 1024 * 1024;

    /**
     * What the published descriptions get wrong: a pattern for durations that nothing matches, a
     * validator's list of top-level domains that lacks those set aside for examples (RFC 2606), one
     * that asks answers for what is required of requests and write-only, and a user whose embedded
     * blocks are an array (UserGetSingleton) and whose embedded resources are all objects (User,
     * which that one extends). Of factors, whose examples say otherwise: that {@code resend} is one
     * link, that known phones are an object, and that what a profile holds are objects; so it is of
     * YubiKeys and their serial numbers. Of clients: that {@code post_logout_redirect_uris} is a
     * string, which their examples have as an array. Of keys of hooks: that {@code isUsed} is a
     * string of the format boolean, which official clients read as a boolean.
     */
    private static final List<String> DEFECTS =
            List.of(
                    "tokenWindow does not match the regex pattern ^P(?:$)",
                    "does not match the email pattern",
                    "required property 'admin' not found",
                    "getUser 200: /_embedded/blocks array found, object expected",
                    "/_links/resend array found, object expected",
                    "/_embedded/phones array found, object expected",
                    "/post_logout_redirect_uris array found, string expected",
                    "/isUsed boolean found, string expected",
                    "verifyFactor 200: /profile/",
                    "verifyFactor 201: /profile/",
                    "getFactorTransactionStatus 200: /profile/",
                    "/profile/serial string found, object expected");

    /**
     * Clients that register dynamically: the schemas of their keys (JsonSigningWebKey,
     * JsonWebKeyEC) are made of each other without end, so keys are left out.
     */
    private static final Set<String> OF_CLIENTS =
            Set.of(
                    "listClients",
                    "createClient",
                    "getClient",
                    "replaceClient",
                    "generateNewClientSecret");

    private final AnswerSchemas schemas;

    private PublishedSchemas(Path folder) {
        Map<String, JsonNode> documents = new HashMap<>();
        for (String name : List.of("management", "oauth", "myaccount")) {
            Path file = folder.resolve("openapi-" + name + ".yaml");
            if (Files.exists(file)) {
                documents.put(BASE + name + ".json", read(file));
            }
        }
        schemas = new AnswerSchemas(documents);
    }

    /** The schemas, if the folder is there. */
    static Optional<PublishedSchemas> find(Path home) {
        String named = System.getenv("OSTIARY_REFERENCE");
        Path folder =
                named == null ? home.resolve("../shared/reference").normalize() : Path.of(named);
        return Files.isDirectory(folder)
                ? Optional.of(new PublishedSchemas(folder))
                : Optional.empty();
    }

    private static JsonNode read(Path file) {
        YAMLFactory yaml =
                YAMLFactory.builder()
                        .loadSettings(
                                LoadSettings.builder().setCodePointLimit(LARGEST_DOCUMENT).build())
                        .build();
        try {
            return new YAMLMapper(yaml).readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a schema is published for this answer. */
    boolean knows(String operationId, int status) {
        return schemas.knows(operationId, status);
    }

    /**
     * What of an answer its schema does not allow. A property that is null says what one that is
     * left out says (P4), so nulls are not held against schemas that forget to allow them.
     */
    List<String> problems(String operationId, int status, String body) {
        JsonNode answer = withoutNulls(Json.parse(body));
        if (OF_CLIENTS.contains(operationId)) {
            withoutKeys(answer);
        }
        return schemas.problems(operationId, status, answer).stream()
                .filter(problem -> DEFECTS.stream().noneMatch(problem::contains))
                .toList();
    }

    private static void withoutKeys(JsonNode clients) {
        for (JsonNode client : clients.isArray() ? Json.list(clients) : List.of(clients)) {
            ((ObjectNode) client).remove("jwks");
        }
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node.isObject()) {
            ObjectNode kept = Json.object();
            node.forEachEntry(
                    (name, value) -> {
                        if (!value.isNull()) {
                            kept.set(name, withoutNulls(value));
                        }
                    });
            return kept;
        }
        if (node.isArray()) {
            ArrayNode kept = Json.object().arrayNode();
            node.forEach(value -> kept.add(withoutNulls(value)));
            return kept;
        }
        return node;
    }
}
