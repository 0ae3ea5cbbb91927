package dev.ostiary.server.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.ConnectionFacts;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.DatabaseSettings;
import dev.ostiary.platform.store.Migrations;
import dev.ostiary.platform.store.SchemaOwner;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.server.directory.classification.UserClassifications;
import dev.ostiary.server.directory.grouprules.GroupRules;
import dev.ostiary.server.directory.grouprules.RuleEngine;
import dev.ostiary.server.directory.groups.GroupMembers;
import dev.ostiary.server.directory.groups.GroupOwners;
import dev.ostiary.server.directory.groups.GroupSeeds;
import dev.ostiary.server.directory.groups.Groups;
import dev.ostiary.server.directory.groups.UserResources;
import dev.ostiary.server.directory.linkedobjects.LinkedObjects;
import dev.ostiary.server.directory.linkedobjects.UserLinkedObjects;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.realms.RealmAssignments;
import dev.ostiary.server.directory.realms.Realms;
import dev.ostiary.server.directory.risk.RiskResponse;
import dev.ostiary.server.directory.risk.UserRisks;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.UserDirectory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Groups and their members on a real database, called as the Pipeline calls them. Time goes on by a
 * millisecond whenever somebody looks.
 */
public final class TestDirectory implements AutoCloseable {

    private static final String BASE = "https://org.example";

    private final AtomicLong clock =
            new AtomicLong(Instant.parse("2030-01-01T00:00:00Z").toEpochMilli());
    private final InstantSource time = () -> Instant.ofEpochMilli(clock.incrementAndGet());
    private final Ids ids = new Ids(time, new SecureRandom());
    private final Contract contract = Contract.load();
    private final Map<String, Binding> bindings = new HashMap<>();
    private final ConnectionFacts facts;
    private final Database database;
    private final Memberships memberships = new Memberships(time);
    private final UserLinkedObjects userLinks;
    private final GroupOwners owners;
    private final RuleEngine rules;

    public TestDirectory(DatabaseAccess access) {
        facts =
                new ConnectionFacts(
                        access.jdbcUrl(),
                        access.owner().user(),
                        access.owner().password(),
                        access.app().user(),
                        access.app().password());
        new Migrations(facts, TestDirectory.class.getClassLoader(), InstantSource.system()).run();
        database =
                new Database(
                        facts,
                        new DatabaseSettings(16, Duration.ofSeconds(20), Duration.ofSeconds(60)),
                        InstantSource.system(),
                        org -> time.instant(),
                        new SecureRandom());
        EventCatalogue events = EventCatalogue.load();
        UserDirectory users = new UserDirectory();
        OrgSchemas schemas = new OrgSchemas(database);
        rules = new RuleEngine(database, ids, time, events, schemas, users);
        bind(new Groups(database, ids, time, events, memberships, schemas, rules));
        bind(new GroupRules(database, ids, time, schemas, rules));
        bind(new GroupMembers(database, events, memberships, users, rules));
        bind(new UserResources(database, memberships, users));
        bind(new Realms(database, ids, time, events));
        bind(new RealmAssignments(database, ids, time, events, new OrgSchemas(database)));
        bind(new LinkedObjects(database, time, events));
        owners = new GroupOwners(database, time, events, users);
        bind(owners);
        userLinks = new UserLinkedObjects(database, events, users);
        bind(userLinks);
        bind(new UserRisks(database, events, users, RiskResponse.NONE, (tx, org, user) -> {}));
        bind(new UserClassifications(database, time, events, users));
    }

    /** The rules of groups. */
    public RuleEngine rules() {
        return rules;
    }

    /** The clock. */
    public InstantSource time() {
        return time;
    }

    public Ids ids() {
        return ids;
    }

    /** Lets another family be called. */
    public void bind(Family family) {
        family.bindings().forEach(binding -> bindings.put(binding.operationId(), binding));
    }

    public Database database() {
        return database;
    }

    /** Lets time go on. */
    public void pass(Duration duration) {
        clock.addAndGet(duration.toMillis());
    }

    /** Tidies up and refreshes the statistics, as the database does by itself after a while. */
    public void vacuum(String... tables) {
        asOwner(Stream.of(tables).map(table -> "VACUUM ANALYZE " + table).toArray(String[]::new));
    }

    /** Runs statements as the owner of the schema. */
    public void asOwner(String... statements) {
        schemaOwner()
                .connected(
                        connection -> {
                            try (Statement statement = connection.createStatement()) {
                                for (String each : statements) {
                                    statement.execute(each);
                                }
                            }
                        });
    }

    /** The role that owns the tables. */
    public SchemaOwner schemaOwner() {
        return new SchemaOwner(facts);
    }

    public Memberships memberships() {
        return memberships;
    }

    /** A new org with its built-in groups. */
    public Org org(String name) {
        return database.acrossOrgs(
                tx -> {
                    String id = ids.next("00o", ids.newTail());
                    Instant born = time.instant();
                    long number =
                            tx.one(
                                            Sql.of(
                                                    """
                                                    INSERT INTO org (id, name, status, created,
                                                        last_updated)
                                                    VALUES (?, ?, 'ACTIVE', ?, ?)
                                                    RETURNING org_id\
                                                    """,
                                                    id,
                                                    name,
                                                    born,
                                                    born),
                                            row -> row.number("org_id"))
                                    .orElseThrow();
                    Org org = new Org(number, id, name, null, OrgSettings.defaults(), born);
                    new GroupSeeds(ids).seed(tx, org);
                    return org;
                });
    }

    /** A row of a new user; the users' family is not what is tried here. */
    public String user(Org org, String login) {
        return users(org, List.of(login)).getFirst();
    }

    /** Rows of new users. */
    public List<String> users(Org org, List<String> logins) {
        return database.write(
                org.number(),
                tx -> {
                    List<String> made = new ArrayList<>();
                    for (String login : logins) {
                        ObjectNode profile = Json.object();
                        profile.put("login", login).put("firstName", "Ann").put("lastName", "Lee");
                        Instant now = time.instant();
                        String id = ids.next("00u", org.tail(), now);
                        tx.run(
                                Sql.of(
                                        """
                                        INSERT INTO users (org_id, id, version, status, created,
                                            last_updated, profile, login_key, provider_type,
                                            provider_name, password_hook)
                                        VALUES (?, ?, 1, 'ACTIVE', ?, ?, ?::jsonb, ?, 'OKTA',
                                            'OKTA', false)\
                                        """,
                                        org.number(),
                                        id,
                                        now,
                                        now,
                                        Json.text(profile),
                                        login));
                        made.add(id);
                    }
                    return made;
                });
    }

    /** Deletes a user as the users' family does, with what it has elsewhere. */
    public void deleteUser(Org org, String id) {
        database.write(
                org.number(),
                tx -> {
                    tx.list(
                            Sql.of(
                                    "SELECT 1 FROM users WHERE org_id = ? AND id = ? FOR UPDATE",
                                    org.number(),
                                    id),
                            row -> row.number(1));
                    userLinks.removeAll(tx, org, id);
                    owners.removeUser(tx, org, id);
                    tx.write(
                            Sql.of(
                                    "DELETE FROM users WHERE org_id = ? AND id = ?",
                                    org.number(),
                                    id));
                    return true;
                });
    }

    /** Calls an operation as a super administrator. */
    public Reply call(Org org, String operation, Map<String, String> variables, String query) {
        return call(org, admin(), operation, variables, query, "");
    }

    /** Calls an operation as somebody. */
    public Reply call(
            Org org,
            Caller caller,
            String operation,
            Map<String, String> variables,
            String query,
            String body) {
        Request request =
                new Request(
                        "request",
                        org.at(new ConfigVersionLookup(database).now(org)),
                        contract.operation(operation),
                        caller,
                        variables,
                        Query.parse(query),
                        BASE,
                        name -> List.of(),
                        body.getBytes(StandardCharsets.UTF_8));
        Binding binding = bindings.get(operation);
        if (binding == null) {
            throw new IllegalArgumentException("not bound: " + operation);
        }
        return binding.handler().handle(request);
    }

    /** Calls an operation with a body as a super administrator. */
    public Reply call(
            Org org, String operation, Map<String, String> variables, String query, String body) {
        return call(org, admin(), operation, variables, query, body);
    }

    /** Makes a group; the answer's JSON. */
    public JsonNode add(Org org, String body) {
        return json(call(org, admin(), "addGroup", Map.of(), "", body));
    }

    /** Makes a group of a name; its id. */
    public String group(Org org, String name) {
        ObjectNode body = Json.object();
        body.putObject("profile").put("name", name);
        return add(org, Json.text(body)).path("id").stringValue();
    }

    public JsonNode get(Org org, String groupId) {
        return json(call(org, "getGroup", Map.of("groupId", groupId), ""));
    }

    public JsonNode replace(Org org, String groupId, String body) {
        return json(call(org, admin(), "replaceGroup", Map.of("groupId", groupId), "", body));
    }

    /** {@code assignUserToGroup} and {@code unassignUserFromGroup}. */
    public Reply member(String operation, Org org, String groupId, String user) {
        return call(org, operation, Map.of("groupId", groupId, "userId", user), "");
    }

    /** Names of the groups that a list answers, in order. */
    public List<String> names(Org org, String query) {
        return names(call(org, "listGroups", Map.of(), query));
    }

    public static List<String> names(Reply reply) {
        List<String> names = new ArrayList<>();
        json(reply).forEach(group -> names.add(group.at("/profile/name").stringValue()));
        return names;
    }

    public static List<String> ids(Reply reply) {
        List<String> all = new ArrayList<>();
        json(reply).forEach(object -> all.add(object.path("id").stringValue()));
        return all;
    }

    public static JsonNode json(Reply reply) {
        return Json.parse(reply.body());
    }

    /** The target of a {@code Link}, without scheme and host. */
    public static Optional<String> link(Reply reply, String relation) {
        return reply.headers().stream()
                .map(header -> header.value())
                .filter(value -> value.endsWith("; rel=\"" + relation + "\""))
                .map(value -> value.substring(1 + BASE.length(), value.indexOf('>')))
                .findFirst();
    }

    /** Every event of an org as {@code type target target}, in the order of the org's clock. */
    public List<String> events(Org org) {
        return database.read(
                org.number(),
                reader ->
                        reader.list(
                                Sql.of(
                                        """
                                        SELECT event_type || coalesce((
                                            SELECT string_agg(' ' || (t ->> 'type') || ':'
                                                || (t ->> 'id'), '')
                                            FROM jsonb_array_elements(body -> 'target') t), '')
                                            AS event
                                        FROM system_log WHERE org_id = ? ORDER BY published\
                                        """,
                                        org.number()),
                                row -> row.text("event")));
    }

    /** The id of the group Everyone. */
    public String everyone(Org org) {
        return ids(call(org, "listGroups", Map.of(), "q=Everyone")).getFirst();
    }

    public static Caller admin() {
        return new Caller.Token(
                "00Ttoken",
                "token",
                new Caller.Principal("00uadmin", "admin@org.example", "Ad Min"),
                Permissions.of(Set.of(Permissions.SUPER_ADMIN)));
    }

    /** Fails unless the call says that there is no such object of the type. */
    public static void notFound(ThrowingCallable call, String id, String type) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000007");
                            assertThat(e.arguments())
                                    .containsExactly(
                                            "Resource not found: " + id + " (" + type + ")");
                        });
    }

    /** A user without any role. */
    public static Caller plain(String userId) {
        return new Caller.Token(
                "00Ttoken",
                "token",
                new Caller.Principal(userId, "plain@org.example", "Pl Ain"),
                Permissions.none());
    }

    @Override
    public void close() {
        database.close();
    }
}
