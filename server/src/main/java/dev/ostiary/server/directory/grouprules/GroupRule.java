package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A rule. Immutable.
 *
 * @param id {@code 0pr…}
 * @param name unique in the org, in any case
 * @param expression the condition, as the client wrote it
 * @param groupIds the groups that it puts users into
 * @param excluded the users to whom it does not apply, where they were read along
 * @param removed what becomes of its memberships, if it was deleted
 */
record GroupRule(
        String id,
        String name,
        Status status,
        String expression,
        List<String> groupIds,
        List<String> excluded,
        Instant created,
        Instant lastUpdated,
        Optional<Removed> removed) {

    /** As the wire has it. */
    enum Status {
        ACTIVE,
        INACTIVE,
        INVALID
    }

    /** What becomes of the memberships of a rule that was deleted. */
    enum Removed {
        KEEP,
        DROP
    }

    /** The wire's name of the type, in errors. */
    static final String TYPE = "GroupRule";

    static final String PREFIX = "0pr";
    static final String KIND = "group_rule";
    static final String EXPRESSION_TYPE = "urn:okta:expression:1.0";

    private static final Schema IDS = Schema.list(Schema.TEXT);

    static final Schema SCHEMA =
            Schema.object("GroupRule")
                    .always("type", Schema.words(KIND))
                    .always("id", Schema.TEXT)
                    .always("status", Schema.words(Status.values()))
                    .always("name", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("conditions", conditions())
                    .always(
                            "actions",
                            Schema.object()
                                    .always(
                                            "assignUserToGroups",
                                            Schema.object().always("groupIds", IDS)))
                    .always("allGroupsValid", Schema.BOOLEAN)
                    .maybe(
                            "_embedded",
                            Schema.object()
                                    .always("groupIdToGroupNameMap", Schema.map(Schema.TEXT)));

    private static Schema conditions() {
        Schema exclusions = Schema.object().always("exclude", IDS);
        return Schema.object()
                .always(
                        "people",
                        Schema.object().always("users", exclusions).always("groups", exclusions))
                .always(
                        "expression",
                        Schema.object().always("value", Schema.TEXT).always("type", Schema.TEXT));
    }

    GroupRule {
        groupIds = List.copyOf(groupIds);
        excluded = List.copyOf(excluded);
    }

    boolean active() {
        return status == Status.ACTIVE && removed.isEmpty();
    }

    GroupRule in(Status other, Instant now) {
        return new GroupRule(
                id, name, other, expression, groupIds, excluded, created, now, removed);
    }

    GroupRule with(String otherName, String condition, List<String> exclusions, Instant now) {
        return new GroupRule(
                id, otherName, status, condition, groupIds, exclusions, created, now, removed);
    }

    /**
     * Writes it.
     *
     * @param names the names of its groups, where they are asked for
     */
    void write(JsonGenerator out, Optional<Map<String, String>> names) {
        out.writeStartObject();
        out.writeStringProperty("type", KIND);
        out.writeStringProperty("id", id);
        out.writeStringProperty("status", status.name());
        out.writeStringProperty("name", name);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        writeConditions(out);
        out.writeObjectPropertyStart("actions");
        out.writeObjectPropertyStart("assignUserToGroups");
        texts(out, "groupIds", groupIds);
        out.writeEndObject();
        out.writeEndObject();
        out.writeBooleanProperty("allGroupsValid", status != Status.INVALID);
        names.ifPresent(map -> writeNames(out, map));
        out.writeEndObject();
    }

    private void writeConditions(JsonGenerator out) {
        out.writeObjectPropertyStart("conditions");
        out.writeObjectPropertyStart("people");
        out.writeObjectPropertyStart("users");
        texts(out, "exclude", excluded);
        out.writeEndObject();
        out.writeObjectPropertyStart("groups");
        texts(out, "exclude", List.of());
        out.writeEndObject();
        out.writeEndObject();
        out.writeObjectPropertyStart("expression");
        out.writeStringProperty("value", expression);
        out.writeStringProperty("type", EXPRESSION_TYPE);
        out.writeEndObject();
        out.writeEndObject();
    }

    private void writeNames(JsonGenerator out, Map<String, String> names) {
        out.writeObjectPropertyStart("_embedded");
        out.writeObjectPropertyStart("groupIdToGroupNameMap");
        for (String groupId : groupIds) {
            String groupName = names.get(groupId);
            if (groupName != null) {
                out.writeStringProperty(groupId, groupName);
            }
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void texts(JsonGenerator out, String name, List<String> texts) {
        out.writeArrayPropertyStart(name);
        texts.forEach(out::writeString);
        out.writeEndArray();
    }

    /** How events name it: a rule of a policy of the type {@code group_rule}. */
    Target target() {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("policyType", KIND);
        return new Target(id, "PolicyRule", "unknown", name, details);
    }
}
