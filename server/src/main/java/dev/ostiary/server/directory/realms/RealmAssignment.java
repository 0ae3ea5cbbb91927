package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who gets into a realm when made, or when the assignment is run. Immutable.
 *
 * @param id {@code rul…}
 * @param rule what a client says of it
 */
record RealmAssignment(
        String id, Status status, RealmRule rule, Instant created, Instant lastUpdated) {

    static final String PREFIX = "rul";

    /** The type of an assignment in errors and events. */
    static final String TYPE = "RealmAssignment";

    /** As the wire has it. */
    enum Status {
        ACTIVE,
        INACTIVE
    }

    static final Schema SCHEMA =
            Schema.object("RealmAssignment")
                    .always("id", Schema.TEXT)
                    .always("status", Schema.words(Status.values()))
                    .always("name", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("isDefault", Schema.BOOLEAN)
                    .maybe("domains", Schema.list(Schema.TEXT))
                    .always("conditions", RealmRule.CONDITIONS)
                    .always("actions", RealmRule.ACTIONS)
                    .always("priority", Schema.INTEGER)
                    .always("_links", Links.SCHEMA);

    /** The id of the assignment that takes whoever meets no other. */
    static String catchAllId(Org org) {
        return PREFIX + org.id().substring(PREFIX.length());
    }

    /** The assignment that takes whoever meets no other; it never changes. */
    static RealmAssignment catchAll(Org org) {
        return new RealmAssignment(
                catchAllId(org),
                Status.ACTIVE,
                new RealmRule(
                        "Catch-all", RealmRule.LAST_PRIORITY, Realm.defaultId(org), null, null),
                org.created(),
                org.created());
    }

    boolean isCatchAll(Org org) {
        return id.equals(catchAllId(org));
    }

    boolean active() {
        return status == Status.ACTIVE;
    }

    RealmAssignment with(RealmRule other, Instant now) {
        return new RealmAssignment(id, status, other, created, now);
    }

    RealmAssignment in(Status other, Instant now) {
        return new RealmAssignment(id, other, rule, created, now);
    }

    /**
     * Writes it.
     *
     * @param domains of the realm that it leads to
     */
    void write(JsonGenerator out, Org org, List<String> domains, String baseUrl) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("status", status.name());
        out.writeStringProperty("name", rule.name());
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeBooleanProperty("isDefault", isCatchAll(org));
        if (!domains.isEmpty()) {
            out.writeArrayPropertyStart("domains");
            domains.forEach(out::writeString);
            out.writeEndArray();
        }
        rule.writeConditionsAndActions(out);
        out.writeNumberProperty("priority", rule.priority());
        new Links().action("self", baseUrl + "/api/v1/realm-assignments/" + id, "GET").write(out);
        out.writeEndObject();
    }

    /** As events name it (event types, {@code RealmAssignmentResourceDetails}). */
    Target target() {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("assignment_profile_source", rule.profileSourceId());
        details.put("assignment_priority", String.valueOf(rule.priority()));
        details.put("assignment_expression", rule.expression());
        details.put("assignment_status", status.name());
        details.put("target_realm_id", rule.realmId());
        return new Target(id, TYPE, rule.name(), rule.name(), details);
    }

    /** As it is stored. */
    ObjectNode body() {
        return rule.writeInto(Json.object().put("status", status.name()));
    }

    static RealmAssignment of(String id, ObjectNode body, Instant created, Instant lastUpdated) {
        return new RealmAssignment(
                id,
                Status.valueOf(body.path("status").asString()),
                RealmRule.of(body),
                created,
                lastUpdated);
    }
}
