package dev.ostiary.server.directory.users;

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
import dev.ostiary.platform.query.DocumentIndex;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.ConnectionFacts;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.DatabaseSettings;
import dev.ostiary.platform.store.Migrations;
import dev.ostiary.platform.store.SchemaOwner;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.server.delivery.Mail;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.realms.OrgRealms;
import dev.ostiary.server.directory.realms.RealmAssignments;
import dev.ostiary.server.directory.realms.RealmOperations;
import dev.ostiary.server.directory.realms.RealmRuns;
import dev.ostiary.server.directory.realms.Realms;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.searchindexes.SearchIndexes;
import dev.ostiary.server.directory.users.password.Argon2Cost;
import dev.ostiary.server.directory.users.password.CommonPasswords;
import dev.ostiary.server.directory.users.password.HashingPool;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.PasswordPolicies;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.directory.users.password.TemporaryPasswords;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users on a real database, called as the Pipeline calls them. Time goes on by a millisecond
 * whenever somebody looks.
 */
final class UserGround implements AutoCloseable {

    static final String BASE = "https://org.example";

    private static final Contract CONTRACT = Contract.load();

    private final AtomicLong clock =
            new AtomicLong(Instant.parse("2030-01-01T00:00:00Z").toEpochMilli());
    private final InstantSource time = () -> Instant.ofEpochMilli(clock.incrementAndGet());
    private final Ids ids = new Ids(time, new SecureRandom());
    private final Map<String, Binding> bindings = new HashMap<>();
    private final ConnectionFacts facts;
    private final HashingPool pool = new HashingPool(2, Duration.ofSeconds(30));

    /** Mails put into the outbox. */
    final List<Mail> mails = new CopyOnWriteArrayList<>();

    /** What was taken from deactivated and deleted users. */
    final List<String> taken = new CopyOnWriteArrayList<>();

    final Database database;
    final Org org;
    final Org other;
    final UserParts parts;

    UserGround(DatabaseAccess access) {
        this(access, PasswordPolicy.observedDefault());
    }

    UserGround(DatabaseAccess access, PasswordPolicy policy) {
        facts =
                new ConnectionFacts(
                        access.jdbcUrl(),
                        access.owner().user(),
                        access.owner().password(),
                        access.app().user(),
                        access.app().password());
        new Migrations(facts, UserGround.class.getClassLoader(), InstantSource.system()).run();
        database =
                new Database(
                        facts,
                        new DatabaseSettings(16, Duration.ofSeconds(20), Duration.ofSeconds(60)),
                        InstantSource.system(),
                        any -> time.instant(),
                        new SecureRandom());
        org = newOrg(1, "one");
        other = newOrg(2, "two");
        parts =
                under(
                        policy,
                        UserParts.of(
                                new PasswordHasher(
                                        pool, new SecureRandom(), new Argon2Cost(64, 1, 1)),
                                new CredentialRules(
                                        PasswordPolicies.always(policy), CommonPasswords.load()),
                                EventCatalogue.load(),
                                new Tokens(new SecureRandom()),
                                (tx, where, mail) -> tx.afterCommit(() -> mails.add(mail)),
                                new Memberships(time),
                                new Belongings(
                                        List.of((tx, where, id) -> taken.add("signed out " + id)),
                                        List.of((tx, where, id) -> taken.add("deactivated " + id)),
                                        List.of((tx, where, id) -> taken.add("deleted " + id))),
                                new OrgSchemas(database),
                                new OrgRealms(database),
                                (tx, where, user) -> {}));
        EventCatalogue events = EventCatalogue.load();
        bind(new Realms(database, ids, time, events));
        bind(new RealmAssignments(database, ids, time, events, parts.schemas()));
        RealmRuns runs =
                new RealmRuns(
                        database,
                        time,
                        events,
                        parts.realms(),
                        parts.schemas(),
                        new RealmMoves(parts.events(), time),
                        number -> Optional.empty());
        bind(new RealmOperations(database, ids, time, events, runs));
        bind(new Users(database, ids, time, parts));
        bind(new UserLifecycle(database, time, parts));
        bind(new UserSessions(database, time, parts));
        bind(
                new UserCredentials(
                        database, time, parts, new TemporaryPasswords(new SecureRandom())));
    }

    private static UserParts under(PasswordPolicy policy, UserParts parts) {
        return new UserParts(
                parts.hasher(),
                new CredentialRules(
                        PasswordPolicies.always(policy), parts.credentialRules().common()),
                parts.events(),
                parts.tokens(),
                parts.invitations(),
                parts.outbox(),
                parts.memberships(),
                parts.belongings(),
                parts.schemas(),
                parts.realms(),
                parts.watch(),
                parts.uniqueValues());
    }

    private Org newOrg(long number, String name) {
        String id = ids.next("00o", "1d" + number);
        return new Org(number, id, name, null, OrgSettings.defaults(), time.instant());
    }

    /** Searches ask for users as by all the indexes that a large org can have. */
    void searchLikeLargeOrgs(Runnable searching) {
        bind(new Users(database, ids, time, parts, EVERY_INDEX));
        try {
            searching.run();
        } finally {
            bind(new Users(database, ids, time, parts));
        }
    }

    private static final SearchIndexes EVERY_INDEX =
            new SearchIndexes() {
                @Override
                public void want(Org org, Collection<DocumentIndex> indexes) {}

                @Override
                public boolean has(Org org, DocumentIndex index) {
                    return true;
                }

                @Override
                public boolean isMostOfAll(Org org) {
                    return true;
                }
            };

    private void bind(Family family) {
        family.bindings().forEach(binding -> bindings.put(binding.operationId(), binding));
    }

    /** A call of an operation, as it is being put together. */
    record Call(
            UserGround ground,
            String operation,
            Org org,
            Caller caller,
            Map<String, String> variables,
            String query,
            Map<String, String> headers,
            String body) {

        Call in(Org elsewhere) {
            return new Call(ground, operation, elsewhere, caller, variables, query, headers, body);
        }

        Call as(Caller somebody) {
            return new Call(ground, operation, org, somebody, variables, query, headers, body);
        }

        Call on(String id) {
            return new Call(
                    ground,
                    operation,
                    org,
                    caller,
                    Map.of("id", id, "userId", id),
                    query,
                    headers,
                    body);
        }

        Call query(String text) {
            return new Call(ground, operation, org, caller, variables, text, headers, body);
        }

        Call header(String name, String value) {
            return new Call(
                    ground, operation, org, caller, variables, query, Map.of(name, value), body);
        }

        Call body(String text) {
            return new Call(ground, operation, org, caller, variables, query, headers, text);
        }

        Reply reply() {
            Binding binding = ground.bindings.get(operation);
            if (binding == null) {
                throw new IllegalArgumentException("not bound: " + operation);
            }
            return binding.handler()
                    .handle(
                            new Request(
                                    "request",
                                    org.at(new ConfigVersionLookup(ground.database).now(org)),
                                    CONTRACT.operation(operation),
                                    caller,
                                    variables,
                                    Query.parse(query),
                                    BASE,
                                    name ->
                                            Optional.ofNullable(headers.get(name)).stream()
                                                    .toList(),
                                    body.getBytes(StandardCharsets.UTF_8)));
        }

        JsonNode json() {
            return Json.parse(reply().body());
        }
    }

    /** Lets time go on. */
    void pass(Duration time) {
        clock.addAndGet(time.toMillis());
    }

    /** What time it is. */
    Instant now() {
        return time.instant();
    }

    Call call(String operation) {
        return new Call(this, operation, org, admin(), Map.of(), "", Map.of(), "");
    }

    /** A call of an operation on what a variable of its path names. */
    Call callWith(String operation, String variable, String value) {
        return new Call(this, operation, org, admin(), Map.of(variable, value), "", Map.of(), "");
    }

    /** A body for a user of this login. */
    static ObjectNode named(String login) {
        ObjectNode body = Json.object();
        body.putObject("profile")
                .put("login", login)
                .put("email", login)
                .put("firstName", "Isaac")
                .put("lastName", "Brock");
        return body;
    }

    static ObjectNode withPassword(ObjectNode body, String password) {
        body.putObject("credentials").putObject("password").put("value", password);
        return body;
    }

    /** Makes a user with a password, active at once; its id. */
    String active(String login) {
        return call("createUser")
                .body(Json.text(withPassword(named(login), "tlpWENT2m")))
                .json()
                .path("id")
                .stringValue();
    }

    JsonNode create(ObjectNode body, String query) {
        return call("createUser").query(query).body(Json.text(body)).json();
    }

    JsonNode get(String reference) {
        return call("getUser").on(reference).json();
    }

    String status(String id) {
        return get(id).path("status").stringValue();
    }

    static Caller admin() {
        return token("00uadministrator0001", Permissions.of(Set.of(Permissions.SUPER_ADMIN)));
    }

    /** A user without any role. */
    static Caller plain(String userId) {
        return token(userId, Permissions.none());
    }

    private static Caller token(String userId, Permissions permissions) {
        return new Caller.Token(
                "00Ttoken",
                "token",
                new Caller.Principal(userId, "admin@org.example", "Ad Min"),
                permissions);
    }

    /** Holds a call to its refusal: code, argument of the summary, causes. */
    static void assertRefused(
            ThrowingCallable call, String code, String summaryArgument, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.arguments().toString())
                                    .isEqualTo("[" + summaryArgument + "]");
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }

    /** The logins of a list, in order. */
    static List<String> logins(JsonNode list) {
        List<String> logins = new ArrayList<>();
        list.forEach(user -> logins.add(user.at("/profile/login").stringValue()));
        return logins;
    }

    /** The relation's target in the {@code Link} lines, without scheme and host. */
    static Optional<String> link(Reply reply, String relation) {
        return reply.headers().stream()
                .filter(header -> header.name().equals("Link"))
                .map(header -> header.value())
                .filter(value -> value.endsWith("; rel=\"" + relation + "\""))
                .map(value -> value.substring(1 + BASE.length(), value.indexOf('>')))
                .findFirst();
    }

    /** Types of the events about a user, in the order of the org's clock. */
    List<String> events(String userId) {
        return database.read(
                org.number(),
                reader ->
                        reader.list(
                                Sql.of(
                                        """
                                        SELECT event_type FROM system_log
                                        WHERE org_id = ?
                                          AND body @> jsonb_build_object('target',
                                            jsonb_build_array(jsonb_build_object('id', ?::text)))
                                        ORDER BY published""",
                                        org.number(),
                                        userId),
                                row -> row.text(1)));
    }

    /** Result and reason of the user's last event of a type. */
    String outcome(String userId, String type) {
        return database.read(
                        org.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                """
                                                SELECT body #>> '{outcome,result}', body #>> '{outcome,reason}'
                                                FROM system_log
                                                WHERE org_id = ? AND event_type = ?
                                                  AND body @> jsonb_build_object('target',
                                                    jsonb_build_array(jsonb_build_object('id', ?::text)))
                                                ORDER BY published""",
                                                org.number(),
                                                type,
                                                userId),
                                        row -> row.text(1) + " " + row.textOrNull(2)))
                .getLast();
    }

    /** Whether this is the user's password. */
    boolean hasPassword(String id, String password) {
        Secrets secrets =
                database.read(org.number(), reader -> new UserStore().secrets(reader, id));
        return new PasswordProof(parts.hasher()).isPassword(password, secrets);
    }

    /** Whose token of a kind this is, before any has expired. */
    Optional<String> redeemed(UserTokenStore.Kind kind, String url) {
        String token = url.substring(url.lastIndexOf('/') + 1);
        return database.read(
                org.number(), reader -> parts.tokens().userOf(reader, kind, token, time.instant()));
    }

    /** Puts a user into a status that nothing here leads to. */
    void force(String id, UserStatus status) {
        asOwner("UPDATE users SET status = '" + status + "' WHERE id = '" + id + "'");
    }

    /** Runs statements as the owner of the schema. */
    void asOwner(String... statements) {
        new SchemaOwner(facts)
                .connected(
                        connection -> {
                            try (Statement statement = connection.createStatement()) {
                                for (String text : statements) {
                                    statement.execute(text);
                                }
                            }
                        });
    }

    /** The role that owns the tables. */
    SchemaOwner schemaOwner() {
        return new SchemaOwner(facts);
    }

    /** Makes a group's row; the family of groups is not what is tried here. */
    String group(String name) {
        String id = ids.next("00g", org.tail());
        database.write(
                org.number(),
                tx ->
                        tx.run(
                                Sql.of(
                                        """
                                        INSERT INTO groups (org_id, id, type, profile, name,
                                            name_folded, created, last_updated)
                                        VALUES (?, ?, 'OKTA_GROUP', '{}', ?, ?, ?, ?)""",
                                        org.number(),
                                        id,
                                        name,
                                        name,
                                        time.instant(),
                                        time.instant())));
        return id;
    }

    @Override
    public void close() {
        database.close();
        pool.close();
    }
}
