package dev.ostiary.server.identitysources;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of entities. Immutable.
 *
 * @param created users and groups that were made
 * @param updated those that became what the source says
 * @param unchanged those that were so already
 * @param deleted users deactivated, groups deleted
 * @param joined memberships that were made
 * @param left memberships that were ended
 * @param failed entities that were passed over
 */
record Counts(
        int created, int updated, int unchanged, int deleted, int joined, int left, int failed) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);
    static final Counts CREATED = new Counts(1, 0, 0, 0, 0, 0, 0);
    static final Counts UPDATED = new Counts(0, 1, 0, 0, 0, 0, 0);
    static final Counts UNCHANGED = new Counts(0, 0, 1, 0, 0, 0, 0);
    static final Counts DELETED = new Counts(0, 0, 0, 1, 0, 0, 0);
    static final Counts FAILED = new Counts(0, 0, 0, 0, 0, 0, 1);

    static Counts memberships(int joined, int left, int failed) {
        return new Counts(0, 0, 0, 0, joined, left, failed);
    }

    Counts plus(Counts more) {
        return new Counts(
                created + more.created,
                updated + more.updated,
                unchanged + more.unchanged,
                deleted + more.deleted,
                joined + more.joined,
                left + more.left,
                failed + more.failed);
    }

    Event into(Event event) {
        return event.debug("created", created)
                .debug("updated", updated)
                .debug("unchanged", unchanged)
                .debug("deleted", deleted)
                .debug("membershipsAdded", joined)
                .debug("membershipsRemoved", left)
                .debug("failed", failed);
    }

    String json() {
        ObjectNode json = Json.object();
        json.put("created", created)
                .put("updated", updated)
                .put("unchanged", unchanged)
                .put("deleted", deleted)
                .put("joined", joined)
                .put("left", left)
                .put("failed", failed);
        return Json.text(json);
    }

    static Counts of(String json) {
        JsonNode read = Json.object(json);
        return new Counts(
                read.path("created").asInt(),
                read.path("updated").asInt(),
                read.path("unchanged").asInt(),
                read.path("deleted").asInt(),
                read.path("joined").asInt(),
                read.path("left").asInt(),
                read.path("failed").asInt());
    }
}
