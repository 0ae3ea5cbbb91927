package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.directory.memberships.GroupRef;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives apps to groups and takes them away, and keeps the order of an app's groups without holes
 * (P39): each change holds the app. Thread-safe.
 */
public final class AppGroupChanges {

    private static final int HIGHEST = 100;

    private final Database database;
    private final InstantSource time;
    private final AppStore apps;
    private final AppEvents events;
    private final AppProfiles profiles;
    private final GroupAssignmentStore store = new GroupAssignmentStore();

    public AppGroupChanges(
            Database database,
            InstantSource time,
            AppStore apps,
            AppEvents events,
            AppProfiles profiles) {
        this.database = database;
        this.time = time;
        this.apps = apps;
        this.events = events;
        this.profiles = profiles;
    }

    /** What a client wants; null where it says nothing. */
    private record Wanted(@Nullable Integer priority, @Nullable ObjectNode profile) {

        static Wanted of(ObjectNode body, Reading reading) {
            JsonNode profile = body.path("profile");
            if (!profile.isMissingNode() && !profile.isNull() && !profile.isObject()) {
                reading.wrong(Path.root("profile").field("profile"), "must be an object");
            }
            return new Wanted(
                    priority(body.path("priority"), reading),
                    profile.isObject() ? profile.asObject() : null);
        }

        static @Nullable Integer priority(JsonNode node, Reading reading) {
            if (node.isMissingNode() || node.isNull()) {
                return null;
            }
            if (!node.isIntegralNumber()
                    || !node.canConvertToInt()
                    || node.intValue() < 0
                    || node.intValue() > HIGHEST) {
                reading.wrong(Path.root("priority").field("priority"), "must be between 0 and 100");
                return null;
            }
            return node.intValue();
        }
    }

    GroupAssignment assign(Org org, String appId, String groupId, ObjectNode body) {
        Reading reading = new Reading();
        Wanted wanted = Wanted.of(body, reading);
        reading.finish();
        try {
            return database.write(org.number(), tx -> assign(tx, org, appId, groupId, wanted));
        } catch (ForeignKeyViolation gone) {
            throw AppGroups.unknown(groupId);
        }
    }

    private GroupAssignment assign(Tx tx, Org org, String appId, String groupId, Wanted wanted) {
        App app = apps.held(tx, org, appId, AppStore.Lock.ALL);
        if (app.isForEveryone()) {
            throw ApiException.validation(
                    "GroupAppAssignment",
                    "It is not possible to assign groups to an AppInstance that has Federation"
                            + " Broker Mode enabled");
        }
        GroupRef group = group(tx, groupId);
        Optional<GroupAssignment> before = store.find(tx, app.id(), groupId);
        if (before.isPresent()) {
            return changed(tx, app, group, before.get(), wanted);
        }
        Instant now = now();
        int next = store.next(tx, app.id());
        int priority = wanted.priority() == null ? next : Math.min(wanted.priority(), next);
        store.shift(tx, app.id(), priority, 1);
        GroupAssignment made =
                new GroupAssignment(
                        app.id(), groupId, priority, profile(tx, app, wanted, "{}"), now, now);
        store.insert(tx, made);
        tx.emit(event("group.application_assignment.add", app, group));
        return made;
    }

    private GroupAssignment changed(
            Tx tx, App app, GroupRef group, GroupAssignment before, Wanted wanted) {
        GroupAssignment after =
                before.withProfile(
                        profile(tx, app, wanted, before.profile()), before.lastUpdated());
        if (wanted.priority() != null) {
            int last = store.next(tx, app.id()) - 1;
            after = after.at(Math.min(wanted.priority(), last), before.lastUpdated());
        }
        if (after.equals(before)) {
            return before;
        }
        if (after.priority() != before.priority()) {
            // out of the way while the others move
            store.update(tx, before.at(Integer.MAX_VALUE, before.lastUpdated()));
            store.moveBetween(tx, app.id(), before.priority(), after.priority());
        }
        after = after.at(after.priority(), now());
        store.update(tx, after);
        tx.emit(event("group.application_assignment.update", app, group));
        return after;
    }

    /**
     * @param operations the body, which is read once there is something to change
     */
    GroupAssignment patch(Org org, String appId, String groupId, Supplier<JsonNode> operations) {
        return database.write(
                org.number(),
                tx -> {
                    App app = apps.held(tx, org, appId, AppStore.Lock.ALL);
                    GroupRef group = group(tx, groupId);
                    GroupAssignment before =
                            store.find(tx, app.id(), groupId)
                                    .orElseThrow(() -> AppGroups.unknown(groupId));
                    JsonNode body = operations.get();
                    if (!body.isArray()) {
                        throw ApiException.of("E0000003");
                    }
                    return changed(tx, app, group, before, patched(before, body));
                });
    }

    /** JSON Patch (RFC 6902), as far as it replaces the priority or what the profile has. */
    private static Wanted patched(GroupAssignment before, JsonNode operations) {
        Reading reading = new Reading();
        @Nullable Integer priority = null;
        ObjectNode profile = Json.object(before.profile());
        for (int i = 0; i < operations.size(); i++) {
            JsonNode each = operations.get(i);
            String path = each.path("path").asString("");
            Path at = Path.root("operations").field("operations").item(i);
            if (!each.path("op").asString("").equals("replace")) {
                reading.wrong(at.field("op"), "must be replace");
            } else if (path.equals("/priority")) {
                priority = Wanted.priority(each.path("value"), reading);
            } else if (path.equals("/profile") && each.path("value").isObject()) {
                profile = each.path("value").asObject();
            } else if (path.startsWith("/profile/") && path.indexOf('/', 9) < 0) {
                profile.set(path.substring(9), each.path("value"));
            } else {
                reading.wrong(at.field("path"), "must be /priority or of /profile");
            }
        }
        reading.finish();
        return new Wanted(priority, profile);
    }

    void unassign(Org org, String appId, String groupId) {
        database.write(
                org.number(),
                tx -> {
                    App app = apps.held(tx, org, appId, AppStore.Lock.ALL);
                    GroupRef group = group(tx, groupId);
                    GroupAssignment assignment =
                            store.find(tx, app.id(), groupId)
                                    .orElseThrow(() -> AppGroups.unknown(groupId));
                    remove(tx, app, group, assignment);
                    return assignment;
                });
    }

    void remove(Tx tx, App app, GroupRef group, GroupAssignment assignment) {
        store.delete(tx, assignment);
        store.shift(tx, app.id(), assignment.priority(), -1);
        tx.emit(event("group.application_assignment.remove", app, group));
    }

    private String profile(Tx tx, App app, Wanted wanted, String present) {
        if (wanted.profile() == null) {
            return present;
        }
        Reading reading = new Reading();
        ProfileSchema schema = profiles.schema(tx, app);
        ObjectNode judged = schema.completePart(wanted.profile(), "profile", reading);
        reading.finish();
        return Json.text(judged);
    }

    private static GroupRef group(Tx tx, String groupId) {
        return (Ids.isId(groupId)
                        ? GroupAssignmentStore.group(tx, groupId)
                        : Optional.<GroupRef>empty())
                .orElseThrow(() -> AppGroups.unknown(groupId));
    }

    private Event event(String type, App app, GroupRef group) {
        return events.of(type, app).target(group.target());
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
