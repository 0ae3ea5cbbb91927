package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run of assignments over all users of an org. Immutable.
 *
 * @param id {@code rre…}
 * @param what what was asked for, as it was then
 * @param seenId the last user whom it looked at; "" for none yet
 * @param moved how many users it has moved
 */
record RealmOperation(
        String id,
        What what,
        Status status,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant completed,
        String seenId,
        long moved) {

    static final String PREFIX = "rre";

    /** What stands for all assignments (schema {@code OperationRequest}, examples). */
    static final String ALL = "ALL";

    private static final String TYPE = "realm:assignment";

    /** As the wire has it. */
    enum Status {
        SCHEDULED,
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    /**
     * What was asked for.
     *
     * @param assignmentId of one assignment, or {@link #ALL}
     * @param rule of the one assignment
     * @param realmName of the realm that it leads to
     * @param job the transaction that events name
     */
    record What(
            String assignmentId, Optional<RealmRule> rule, @Nullable String realmName, String job) {

        /** As it is stored. */
        ObjectNode body() {
            ObjectNode body = Json.object().put("job", job);
            rule.ifPresent(one -> one.writeInto(body.putObject("rule")));
            if (realmName != null) {
                body.put("realmName", realmName);
            }
            return body;
        }

        static What of(String assignmentId, ObjectNode body) {
            return new What(
                    assignmentId,
                    body.has("rule")
                            ? Optional.of(RealmRule.of(body.withObject("/rule")))
                            : Optional.empty(),
                    body.hasNonNull("realmName") ? body.path("realmName").asString() : null,
                    body.path("job").asString());
        }

        private String name() {
            return rule.map(RealmRule::name).orElse("All Assignments");
        }
    }

    static final Schema SCHEMA =
            Schema.object("RealmAssignmentOperationResponse")
                    .always("id", Schema.TEXT)
                    .always("type", Schema.TEXT)
                    .always("status", Schema.words(Status.values()))
                    .always("created", Schema.MOMENT)
                    .maybe("started", Schema.MOMENT)
                    .maybe("completed", Schema.MOMENT)
                    .maybe("realmId", Schema.TEXT)
                    .maybe("realmName", Schema.TEXT)
                    .always(
                            "assignmentOperation",
                            Schema.object()
                                    .always(
                                            "configuration",
                                            Schema.object()
                                                    .always("id", Schema.TEXT)
                                                    .always("name", Schema.TEXT)
                                                    .maybe("conditions", RealmRule.CONDITIONS)
                                                    .maybe("actions", RealmRule.ACTIONS)))
                    .always("numUserMoved", Schema.LONG)
                    .always("_links", Links.SCHEMA);

    /** A run that is about to begin. */
    static RealmOperation scheduled(String id, What what, Instant now) {
        return new RealmOperation(id, what, Status.SCHEDULED, now, null, null, "", 0);
    }

    /** The same, come further. */
    RealmOperation with(Residents.Progress progress, Instant now) {
        return new RealmOperation(
                id,
                what,
                progress.more() ? Status.IN_PROGRESS : Status.COMPLETED,
                created,
                started == null ? now : started,
                progress.more() ? null : now,
                progress.lastId(),
                moved + progress.moved());
    }

    /** The same, given up. */
    RealmOperation failed(Instant now) {
        return new RealmOperation(
                id,
                what,
                Status.FAILED,
                created,
                started == null ? now : started,
                now,
                seenId,
                moved);
    }

    /** How it ended. */
    Outcome outcome() {
        return status == Status.FAILED
                ? Outcome.failure("The run was given up")
                : Outcome.success();
    }

    void write(JsonGenerator out, String baseUrl) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("type", TYPE);
        out.writeStringProperty("status", status.name());
        date(out, "created", created);
        date(out, "started", started);
        date(out, "completed", completed);
        what.rule().ifPresent(rule -> out.writeStringProperty("realmId", rule.realmId()));
        if (what.realmName() != null) {
            out.writeStringProperty("realmName", what.realmName());
        }
        out.writeObjectPropertyStart("assignmentOperation");
        out.writeObjectPropertyStart("configuration");
        out.writeStringProperty("id", what.assignmentId());
        out.writeStringProperty("name", what.name());
        what.rule().ifPresent(rule -> rule.writeConditionsAndActions(out));
        out.writeEndObject();
        out.writeEndObject();
        out.writeNumberProperty("numUserMoved", moved);
        new Links().action("self", baseUrl + "/api/v1/operations/" + id, "GET").write(out);
        out.writeEndObject();
    }

    private static void date(JsonGenerator out, String name, @Nullable Instant value) {
        if (value != null) {
            out.writeStringProperty(name, Dates.text(value));
        }
    }

    /** As events name it (event types, {@code RealmAssignmentExecutionResourceDetails}). */
    Target target() {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("execution_job_id", id);
        details.put("execution_status", status.name());
        details.put("execution_number_of_users_moved", String.valueOf(moved));
        details.put("execution_assignment_id", what.assignmentId());
        what.rule()
                .ifPresent(
                        rule -> {
                            details.put(
                                    "execution_assignment_profile_source", rule.profileSourceId());
                            details.put("execution_assignment_el_expression", rule.expression());
                            details.put("execution_assignment_target_realm_id", rule.realmId());
                        });
        return new Target(id, "RealmAssignmentExecution", what.name(), what.name(), details);
    }
}
