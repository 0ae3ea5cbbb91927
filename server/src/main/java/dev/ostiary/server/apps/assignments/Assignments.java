package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppAssignments;
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
    public Sql toUserInGroups() {
        return AssignmentConditions.toUserInGroups();
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

    /** What a user is in an app; nothing for one who may not use it. */
    public Optional<AppIdentity> identity(Reader reader, Org org, App app, String userId) {
        return Optional.ofNullable(identities(reader, org, app, List.of(userId)).get(userId));
    }

    /** What users are in an app, by their ids; those who may not use it are left out. */
    public Map<String, AppIdentity> identities(
            Reader reader, Org org, App app, List<String> userIds) {
        return reading.identities(reader, org, app, userIds.stream().filter(Ids::isId).toList());
    }

    /** Whether a user is assigned, itself or by a group. */
    public boolean isAssigned(Reader reader, Org org, String appId, String userId) {
        return Ids.isId(userId) && holds(reader, appId, AssignmentConditions.ofUser(userId));
    }

    @Override
    public boolean isUsableBy(Reader reader, Org org, String appId, String userId) {
        return Ids.isId(userId) && holds(reader, appId, AssignmentConditions.usableBy(userId));
    }

    private static boolean holds(Reader reader, String appId, Sql condition) {
        return reader.one(
                        Sql.of(
                                        "SELECT 1 AS found FROM app a WHERE a.org_id = ?"
                                                + " AND a.id = ? AND",
                                        reader.org(),
                                        appId)
                                .then(condition),
                        row -> row.number(1))
                .isPresent();
    }
}
