package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.apps.provisioning.PushMapping.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client says of a new mapping (schema {@code CreateGroupPushMappingRequest}).
 *
 * @param targetId a group of the app that is there
 * @param targetName what a group of the app is called that may be there or not
 * @param appConfig as JSON
 */
record PushMappingBody(
        String sourceId,
        Optional<String> targetId,
        Optional<String> targetName,
        Status status,
        Optional<String> appConfig) {

    private static final int LONGEST = 255;
    private static final int LONGEST_NAME = 1024;

    private static final Map<String, List<String>> DIRECTORY =
            Map.of(
                    "groupScope", List.of("DOMAIN_LOCAL", "GLOBAL", "UNIVERSAL"),
                    "groupType", List.of("DISTRIBUTION", "SECURITY"));

    static final Schema SCHEMA =
            Schema.object()
                    .always("sourceGroupId", Schema.TEXT)
                    .maybe("targetGroupId", Schema.TEXT.orNull())
                    .maybe("targetGroupName", Schema.TEXT.orNull())
                    .maybe("status", Schema.words("ACTIVE", "INACTIVE").orNull())
                    .maybe("appConfig", Schema.DOCUMENT.orNull());

    static final Schema CHANGE =
            Schema.object().always("status", Schema.words("ACTIVE", "INACTIVE"));

    /**
     * Reads a body.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    static PushMappingBody read(ObjectNode body) {
        Reading reading = new Reading();
        Optional<String> source = text(body, "sourceGroupId", LONGEST, reading);
        if (source.isEmpty() && !body.hasNonNull("sourceGroupId")) {
            reading.wrong(
                    Path.root("sourceGroupId").field("sourceGroupId"),
                    "The field cannot be left blank");
        }
        Optional<String> id = text(body, "targetGroupId", LONGEST, reading);
        Optional<String> name = text(body, "targetGroupName", LONGEST, reading);
        if (body.hasNonNull("targetGroupId") == body.hasNonNull("targetGroupName")) {
            reading.sentence(
                    "targetGroupId",
                    "Either targetGroupId or targetGroupName must be provided, but not both.");
        }
        Status status = body.hasNonNull("status") ? status(body, reading) : Status.ACTIVE;
        Optional<String> config = config(body.path("appConfig"), reading);
        reading.finish();
        return new PushMappingBody(source.orElseThrow(), id, name, status, config);
    }

    /** The status that a change wants. */
    static Status change(ObjectNode body) {
        Reading reading = new Reading();
        Status status = status(body, reading);
        reading.finish();
        return status;
    }

    /** An error is the server's to say. */
    private static Status status(ObjectNode body, Reading reading) {
        String said = body.path("status").asString("");
        if (!said.equals("ACTIVE") && !said.equals("INACTIVE")) {
            reading.wrong(Path.root("status").field("status"), "must be one of [ACTIVE, INACTIVE]");
        }
        return said.equals("INACTIVE") ? Status.INACTIVE : Status.ACTIVE;
    }

    private static Optional<String> config(JsonNode given, Reading reading) {
        if (given.isMissingNode() || given.isNull()) {
            return Optional.empty();
        }
        Path at = Path.root("appConfig").field("appConfig");
        if (!given.path("type").asString("").equals("ACTIVE_DIRECTORY")) {
            return reading.wrong(at.field("type"), "must be one of [ACTIVE_DIRECTORY]");
        }
        ObjectNode config = Json.object().put("type", "ACTIVE_DIRECTORY");
        for (String name :
                List.of("distinguishedName", "groupScope", "groupType", "samAccountName")) {
            JsonNode value = given.path(name);
            List<String> words = DIRECTORY.getOrDefault(name, List.of());
            if (!value.isString()
                    || value.stringValue().isBlank()
                    || value.stringValue().length() > LONGEST_NAME) {
                reading.wrong(at.field(name), "The field cannot be left blank");
            } else if (!words.isEmpty() && !words.contains(value.stringValue())) {
                reading.wrong(at.field(name), "must be one of " + words);
            } else {
                config.set(name, value);
            }
        }
        return Optional.of(Json.text(config));
    }

    private static Optional<String> text(
            ObjectNode body, String name, int longest, Reading reading) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        boolean fits =
                node.isString()
                        && !node.stringValue().isBlank()
                        && node.stringValue().length() <= longest;
        return fits
                ? Optional.of(node.stringValue())
                : reading.wrong(
                        Path.root(name).field(name), "must be 1 to " + longest + " characters");
    }
}
