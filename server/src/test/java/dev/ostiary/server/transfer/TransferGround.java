package dev.ostiary.server.transfer;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.server.directory.grouprules.RuleEngine;
import dev.ostiary.server.directory.groups.GroupImport;
import dev.ostiary.server.directory.groups.GroupSeeds;
import dev.ostiary.server.directory.groups.Groups;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.realms.OrgRealms;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.Belongings;
import dev.ostiary.server.directory.users.CredentialRules;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserImport;
import dev.ostiary.server.directory.users.UserImportUpdates;
import dev.ostiary.server.directory.users.UserParts;
import dev.ostiary.server.directory.users.Users;
import dev.ostiary.server.directory.users.password.Argon2Cost;
import dev.ostiary.server.directory.users.password.CommonPasswords;
import dev.ostiary.server.directory.users.password.HashingPool;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.PasswordPolicies;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Bulk imports on a real database, called as the Pipeline calls them. */
final class TransferGround implements AutoCloseable {

    private final HashingPool pool = new HashingPool(2, Duration.ofSeconds(30));
    private final Operations operations;
    final Ground ground;

    TransferGround(DatabaseAccess access) {
        ground = new Ground(access);
        Ids ids = new Ids(ground.clock, new SecureRandom());
        EventCatalogue events = EventCatalogue.load();
        Memberships memberships = new Memberships(ground.clock);
        OrgSchemas schemas = new OrgSchemas(ground.database);
        RuleEngine rules =
                new RuleEngine(
                        ground.database, ids, ground.clock, events, schemas, new UserDirectory());
        UserParts parts =
                UserParts.of(
                        new PasswordHasher(pool, new SecureRandom(), new Argon2Cost(64, 1, 1)),
                        new CredentialRules(
                                PasswordPolicies.always(PasswordPolicy.observedDefault()),
                                CommonPasswords.load()),
                        events,
                        new Tokens(new SecureRandom()),
                        (tx, where, mail) -> {
                            throw new AssertionError("imports send no mail");
                        },
                        memberships,
                        new Belongings(List.of(), List.of(), List.of()),
                        schemas,
                        new OrgRealms(ground.database),
                        rules);
        operations =
                new Operations(
                        ground,
                        new Groups(
                                ground.database,
                                ids,
                                ground.clock,
                                events,
                                memberships,
                                schemas,
                                rules),
                        new Users(ground.database, ids, ground.clock, parts),
                        new BulkImports(
                                ground.database,
                                ids,
                                ground.clock,
                                new Destination(
                                        new UserImport(parts, ids, ground.clock),
                                        new UserImportUpdates(parts),
                                        new GroupImport(events, ids),
                                        memberships,
                                        rules,
                                        events)));
        for (Org org : List.of(ground.acme, ground.other, ground.strict)) {
            ground.database.write(
                    org.number(),
                    tx -> {
                        new GroupSeeds(ids).seed(tx, org);
                        return org;
                    });
        }
    }

    /** Begins an import, or finds it again; its id. */
    String begin(Org org, String name, String options) {
        return begun(org, name, options).path("id").stringValue();
    }

    JsonNode begun(Org org, String name, String options) {
        String body = "{\"name\":\"" + name + "\"" + options + "}";
        return json(operations.call(org, "createOstiaryImport", "", body).body());
    }

    JsonNode send(Org org, String importId, long from, String... lines) {
        return send(org, importId, from, String.join("\n", lines));
    }

    JsonNode send(Org org, String importId, long from, String body) {
        return json(
                operations
                        .call(
                                org,
                                "sendOstiaryImportLines",
                                Map.of("importId", importId),
                                "from=" + from,
                                body)
                        .body());
    }

    JsonNode call(Org org, String operation, Map<String, String> variables, String query) {
        return json(operations.call(org, operation, variables, query, "").body());
    }

    private static JsonNode json(byte[] body) {
        return body.length == 0 ? Json.object() : Json.parse(body);
    }

    /** A line with a user. */
    static String user(String login) {
        return user(login, "");
    }

    /** A line with a user and more about it, such as {@code ,"status":"ACTIVE"}. */
    static String user(String login, String more) {
        return """
        {"kind":"user","profile":{"login":"%s","email":"%s","firstName":"Isaac","lastName":"Brock"}%s}"""
                .formatted(login, login, more);
    }

    static String group(String name) {
        return "{\"kind\":\"group\",\"profile\":{\"name\":\"" + name + "\"}}";
    }

    static String membership(String user, String group) {
        return "{\"kind\":\"membership\",\"user\":\"" + user + "\",\"group\":\"" + group + "\"}";
    }

    /** How many rows of an org a table has. */
    int rows(Org org, String table) {
        return ground.database
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

    /** The types of the events about an object. */
    List<String> events(Org org, String id) {
        return ground.database.read(
                org.number(),
                reader ->
                        reader.list(
                                Sql.of(
                                        "SELECT event_type FROM system_log WHERE org_id = ? AND (target_id"
                                                + " = ? OR second_target_id = ?) ORDER BY recorded_at, ordinal",
                                        org.number(),
                                        id,
                                        id),
                                row -> row.text(1)));
    }

    JsonNode userOf(Org org, String login) {
        return call(org, "getUser", Map.of("id", login), "");
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        ground.close();
        pool.close();
    }
}
