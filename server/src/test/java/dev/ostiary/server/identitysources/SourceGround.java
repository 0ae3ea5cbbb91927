package dev.ostiary.server.identitysources;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.TestApps;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.directory.groups.SourcedGroups;
import dev.ostiary.server.directory.memberships.MembershipWatches;
import dev.ostiary.server.directory.realms.OrgRealms;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.Belongings;
import dev.ostiary.server.directory.users.CredentialRules;
import dev.ostiary.server.directory.users.SourcedUsers;
import dev.ostiary.server.directory.users.UserLifecycle;
import dev.ostiary.server.directory.users.UserParts;
import dev.ostiary.server.directory.users.Users;
import dev.ostiary.server.directory.users.password.Argon2Cost;
import dev.ostiary.server.directory.users.password.CommonPasswords;
import dev.ostiary.server.directory.users.password.HashingPool;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.PasswordPolicies;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Identity sources on a real database, called as the Pipeline calls them. */
final class SourceGround implements AutoCloseable {

    private final HashingPool pool = new HashingPool(2, Duration.ofSeconds(30));
    private final Map<Long, Org> orgs = new HashMap<>();
    private final TestApps apps;
    final TestDirectory directory;
    final SourceRuns runs;

    SourceGround(DatabaseAccess access) {
        apps = new TestApps(access);
        directory = apps.directory;
        Database database = directory.database();
        Ids ids = directory.ids();
        InstantSource time = directory.time();
        EventCatalogue events = EventCatalogue.load();
        MembershipWatches watch = new MembershipWatches(List.of(directory.rules(), apps.farewells));
        UserParts parts =
                UserParts.of(
                        new PasswordHasher(pool, new SecureRandom(), new Argon2Cost(64, 1, 1)),
                        new CredentialRules(
                                PasswordPolicies.always(PasswordPolicy.observedDefault()),
                                CommonPasswords.load()),
                        events,
                        new Tokens(new SecureRandom()),
                        (tx, where, mail) -> {},
                        directory.memberships(),
                        new Belongings(
                                List.of(),
                                (tx, org, userId) -> {},
                                List.of(apps.farewells),
                                List.of(),
                                (tx, org, userId) -> {},
                                (tx, org, userId) -> {},
                                (tx, org, userId) -> {},
                                (tx, org, userId) -> {}),
                        new OrgSchemas(database),
                        new OrgRealms(database),
                        directory.rules());
        SourcedGroups groups = new SourcedGroups(events, ids, watch);
        Feeds feeds =
                Feeds.of(
                        new SourcedUsers(parts, ids, time),
                        groups,
                        directory.memberships(),
                        watch,
                        apps.profiles,
                        apps.schemas,
                        events);
        runs = new SourceRuns(database, time, events, feeds, this::org);
        AppStore store = new AppStore();
        directory.bind(new ImportSessions(database, ids, time, events, store, feeds, runs));
        directory.bind(new SourceUsers(database, time, events, store, feeds));
        directory.bind(new SourceGroups(database, time, events, store, feeds, groups));
        directory.bind(new Users(database, ids, time, parts));
        directory.bind(new UserLifecycle(database, time, parts));
    }

    private Optional<Org> org(long number) {
        return Optional.ofNullable(orgs.get(number))
                .map(org -> org.at(new ConfigVersionLookup(directory.database()).now(org)));
    }

    Org org(String name) {
        Org org = directory.org(name);
        orgs.put(org.number(), org);
        return org;
    }

    /** A new source; its id. */
    String source(Org org) {
        return TestApps.id(
                apps.create(
                        org,
                        """
                        {"name": "custom_identity_source", "label": "HR", "signOnMode": "BOOKMARK",
                         "settings": {"app": {}}}"""));
    }

    String bookmark(Org org) {
        return TestApps.id(apps.bookmark(org, "News"));
    }

    JsonNode call(Org org, String operation, Map<String, String> variables, String body) {
        return call(org, operation, variables, "", body);
    }

    JsonNode call(
            Org org, String operation, Map<String, String> variables, String query, String body) {
        byte[] answer = directory.call(org, operation, variables, query, body).body();
        return answer.length == 0 ? Json.object() : Json.parse(answer);
    }

    /** An operation on a source. */
    JsonNode on(Org org, String source, String operation, String body) {
        return call(org, operation, Map.of("identitySourceId", source), body);
    }

    /** An operation on a session of a source. */
    JsonNode in(Org org, String source, String session, String operation, String body) {
        return call(org, operation, Map.of("identitySourceId", source, "sessionId", session), body);
    }

    /** An operation on a user of a source. */
    JsonNode user(Org org, String source, String externalId, String operation, String body) {
        return call(
                org, operation, Map.of("identitySourceId", source, "externalId", externalId), body);
    }

    /** An operation on a group of a source. */
    JsonNode group(Org org, String source, String id, String operation, String query, String body) {
        return call(
                org,
                operation,
                Map.of("identitySourceId", source, "groupOrExternalId", id),
                query,
                body);
    }

    String session(Org org, String source) {
        return on(org, source, "createIdentitySourceSession", "").path("id").asString();
    }

    /** A session with one load, done; the session at its end. */
    JsonNode imported(Org org, String source, String operation, String body) {
        String session = session(org, source);
        in(org, source, session, operation, body);
        in(org, source, session, "startImportFromIdentitySource", "");
        runs.runOpen();
        return in(org, source, session, "getIdentitySourceSession", "");
    }

    JsonNode userOf(Org org, String login) {
        return call(org, "getUser", Map.of("id", login), "");
    }

    /** The types of an org's events of which an object is a target, in order. */
    List<String> events(Org org, String id) {
        return directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT event_type FROM system_log WHERE org_id = ?"
                                                        + " AND (target_id = ? OR second_target_id = ?)"
                                                        + " ORDER BY recorded_at, ordinal",
                                                org.number(),
                                                id,
                                                id),
                                        row -> row.text(1)));
    }

    int rows(Org org, String table) {
        return directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.one(
                                        Sql.of(
                                                "SELECT count(*) AS n FROM "
                                                        + table
                                                        + " WHERE org_id = ?",
                                                org.number()),
                                        row -> row.integer("n")))
                .orElseThrow();
    }

    static String user(String externalId, String userName) {
        return user(externalId, userName, "");
    }

    static String user(String externalId, String userName, String more) {
        return """
               {"externalId":"%s","profile":{"userName":"%s","email":"%s","firstName":"Isaac",\
               "lastName":"Brock"%s}}"""
                .formatted(externalId, userName, userName, more);
    }

    static String users(String... users) {
        return "{\"entityType\":\"USERS\",\"profiles\":[" + String.join(",", users) + "]}";
    }

    static String groups(String... groups) {
        return "{\"profiles\":[" + String.join(",", groups) + "]}";
    }

    static String group(String externalId, String name) {
        return "{\"externalId\":\"%s\",\"profile\":{\"displayName\":\"%s\"}}"
                .formatted(externalId, name);
    }

    static String members(String group, String... users) {
        return "{\"memberships\":[{\"groupExternalId\":\"%s\",\"memberExternalIds\":[\"%s\"]}]}"
                .formatted(group, String.join("\",\"", users));
    }

    @Override
    public void close() {
        runs.close();
        apps.close();
        pool.close();
    }
}
