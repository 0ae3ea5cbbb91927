package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppAssignments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What apps ask of assignments. Thread-safe. */
public final class Assignments implements AppAssignments {

    private final AppUserReader reading;

    public Assignments(AppUserReader reading) {
        this.reading = reading;
    }

    @Override
    public Sql ofUser(String userId) {
        return Ids.isId(userId) ? AssignmentConditions.ofUser(userId) : Sql.of("FALSE");
    }

    @Override
    public Sql ofUser(Sql userId) {
        return AssignmentConditions.ofUser(userId);
    }

    @Override
    public Sql ofGroup(String groupId) {
        return Ids.isId(groupId) ? AssignmentConditions.ofGroup(groupId) : Sql.of("FALSE");
    }

    @Override
    public Optional<Consumer<JsonGenerator>> assignment(
            Reader reader, Org org, App app, String userId, String baseUrl) {
        return reading.find(reader, org, app, userId)
                .map(user -> out -> user.write(out, baseUrl, Optional.empty()));
    }

    /** What a user is in an app; nothing for one who does not have it. */
    public Optional<AppIdentity> identity(Reader reader, Org org, App app, String userId) {
        return reading.find(reader, org, app, userId)
                .map(user -> new AppIdentity(user.userName(), Json.object(user.profile())));
    }

    /** What users are in an app, by their ids; those who do not have it are left out. */
    public Map<String, AppIdentity> identities(
            Reader reader, Org org, App app, List<String> userIds) {
        Map<String, AppIdentity> found = new HashMap<>();
        reading.all(reader, org, app, userIds.stream().filter(Ids::isId).toList())
                .forEach(
                        user ->
                                found.put(
                                        user.user().id(),
                                        new AppIdentity(
                                                user.userName(), Json.object(user.profile()))));
        return found;
    }

    @Override
    public boolean isAssigned(Reader reader, Org org, String appId, String userId) {
        return Ids.isId(userId)
                && reader.one(
                                Sql.of(
                                                "SELECT 1 AS found FROM app a WHERE a.org_id = ?"
                                                        + " AND a.id = ? AND",
                                                reader.org(),
                                                appId)
                                        .then(AssignmentConditions.ofUser(userId)),
                                row -> row.number(1))
                        .isPresent();
    }
}
