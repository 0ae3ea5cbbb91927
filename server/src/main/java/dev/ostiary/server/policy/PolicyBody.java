package dev.ostiary.server.policy;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.server.policy.kind.PolicyKind;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What policies and rules have in common in what a client says of them.
 *
 * @param name empty where it is wrong
 * @param priority the place that is wanted; empty for none said
 * @param active empty where nothing is said
 */
record PolicyBody(
        String name,
        Optional<String> description,
        Optional<Integer> priority,
        Optional<Boolean> active) {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_DESCRIPTION = 1023;
    private static final String BLANK = "The field cannot be left blank";

    /** Reads it; what is wrong is told to the reading. */
    static PolicyBody read(ObjectNode json, Path at, Reading reading) {
        return new PolicyBody(
                text(json, "name", LONGEST_NAME, true, at, reading).orElse(""),
                text(json, "description", LONGEST_DESCRIPTION, false, at, reading),
                priority(json, at, reading),
                active(json, at, reading));
    }

    /** The type of a policy that a client names; what is wrong is told to the reading. */
    static Optional<PolicyType> type(ObjectNode json, Reading reading) {
        Path at = Path.root("policy").field("type");
        JsonNode node = json.path("type");
        if (node.isMissingNode() || node.isNull()) {
            return reading.wrong(at, BLANK);
        }
        Optional<PolicyType> type = PolicyType.named(node.asString(""));
        return type.isPresent() ? type : reading.wrong(at, "must be a type of policies");
    }

    /** The conditions of a policy; what is wrong is told to the reading. */
    static Optional<ObjectNode> conditions(PolicyType type, ObjectNode json, Reading reading) {
        return PolicyKind.of(type).readConditions(json.path("conditions"), reading);
    }

    /** The settings of a policy; what is wrong is told to the reading. */
    static Optional<ObjectNode> settings(PolicyType type, ObjectNode json, Reading reading) {
        return PolicyKind.of(type).readSettings(json.path("settings"), reading);
    }

    private static Optional<String> text(
            ObjectNode json, String name, int most, boolean needed, Path at, Reading reading) {
        JsonNode node = json.path(name);
        Path here = at.field(name);
        if (node.isMissingNode() || node.isNull()) {
            return needed ? reading.wrong(here, BLANK) : Optional.empty();
        }
        if (!node.isString()) {
            return reading.wrong(here, "must be a string");
        }
        String text = node.stringValue();
        if (needed && text.isBlank()) {
            return reading.wrong(here, BLANK);
        }
        return text.codePointCount(0, text.length()) > most
                ? reading.wrong(
                        here, "The field is too long: at most " + most + " characters are allowed")
                : Optional.of(text);
    }

    private static Optional<Integer> priority(ObjectNode json, Path at, Reading reading) {
        JsonNode node = json.path("priority");
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        return node.isIntegralNumber() && node.canConvertToInt()
                ? Optional.of(node.intValue())
                : reading.wrong(at.field("priority"), "must be an integer");
    }

    private static Optional<Boolean> active(ObjectNode json, Path at, Reading reading) {
        JsonNode node = json.path("status");
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        return switch (node.asString("")) {
            case "ACTIVE" -> Optional.of(true);
            case "INACTIVE" -> Optional.of(false);
            default -> reading.wrong(at.field("status"), "must be ACTIVE or INACTIVE");
        };
    }
}
