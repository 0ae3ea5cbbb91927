package dev.ostiary.server.orgs;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.SchemaOwner;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.server.delivery.Mail;
import dev.ostiary.server.delivery.Outbox;
import dev.ostiary.server.directory.groups.GroupSeeds;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.realms.OrgRealms;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.Belongings;
import dev.ostiary.server.directory.users.CredentialRules;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserParts;
import dev.ostiary.server.directory.users.UserSeeds;
import dev.ostiary.server.directory.users.password.Argon2Cost;
import dev.ostiary.server.directory.users.password.CommonPasswords;
import dev.ostiary.server.directory.users.password.HashingPool;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.PasswordPolicies;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.directory.users.password.TemporaryPasswords;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.roles.AdminRoleStore;
import dev.ostiary.server.security.tokens.ApiTokenStore;
import dev.ostiary.server.security.tokens.ApiTokens;
import dev.ostiary.server.security.zones.OrgZones;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Orgs that make orgs, on a real database, called as the Pipeline calls them. */
final class OrgGround implements AutoCloseable {

    final Ground ground;
    final OrgStore store;
    final Orgs orgs;
    final ChildOrgs children;

    /** Mails put into the outbox of any org. */
    final List<Mail> mails = new CopyOnWriteArrayList<>();

    /** Orgs that this node's hosts were told of, and not of their end. */
    final List<String> hosts = new CopyOnWriteArrayList<>();

    private final HashingPool pool = new HashingPool(2, Duration.ofSeconds(30));

    OrgGround(DatabaseAccess access) {
        ground = new Ground(access);
        leaveTheNumbersOfTheGround();
        store = new OrgStore(ground.database, ground.clock);
        SecureRandom random = new SecureRandom();
        Ids ids = new Ids(ground.clock, random);
        EventCatalogue events = EventCatalogue.load();
        Tokens tokens = new Tokens(random);
        OrgHosts names = new Names(hosts);
        Outbox outbox = (tx, org, mail) -> tx.afterCommit(() -> mails.add(mail));
        UserParts parts =
                UserParts.of(
                        new PasswordHasher(pool, random, new Argon2Cost(64, 1, 1)),
                        new CredentialRules(
                                PasswordPolicies.always(PasswordPolicy.observedDefault()),
                                CommonPasswords.load()),
                        events,
                        tokens,
                        outbox,
                        new Memberships(ground.clock),
                        new Belongings(List.of(), List.of(), List.of()),
                        new OrgSchemas(ground.database),
                        new OrgRealms(ground.database),
                        (tx, org, user) -> {});
        UserSeeds users = new UserSeeds(parts, new TemporaryPasswords(random), ids, ground.clock);
        OrgCreator creator =
                new OrgCreator(
                        ground.database,
                        store,
                        names,
                        ids,
                        ground.clock,
                        events,
                        new GroupSeeds(ids),
                        users,
                        new AdminRoleStore(),
                        new ApiTokens(
                                ground.database,
                                new ApiTokenStore(),
                                ids,
                                tokens,
                                events,
                                new UserDirectory(),
                                new OrgZones(ground.database, Atlas.none()),
                                ground.clock));
        orgs =
                new Orgs(
                        ground.database,
                        creator,
                        names,
                        store,
                        new AddressedOrgs(ground.database, ground.acme.name()),
                        events);
        children = new ChildOrgs(ground.database, creator, names, users, new AdminRoleStore());
    }

    /** Its orgs have numbers that they did not take from the sequence. */
    private void leaveTheNumbersOfTheGround() {
        new SchemaOwner(ground.facts)
                .connected(
                        connection -> {
                            try (Statement statement = connection.createStatement()) {
                                statement.execute(
                                        "ALTER TABLE org ALTER COLUMN org_id RESTART WITH 100");
                            }
                        });
    }

    /** A super administrator's request to an org. */
    static Request byAdministrator(
            Org org, String operation, Map<String, String> variables, String body) {
        Request plain =
                Ground.request(org, operation, "", variables, Set.of(Permissions.SUPER_ADMIN));
        return with(plain, plain.caller(), body);
    }

    /** The operator's, which every org but the default one refuses elsewhere. */
    static Request byOperator(
            Org org, String operation, Map<String, String> variables, String body) {
        return with(
                Ground.request(org, operation, "", variables, Set.of()),
                new Caller.Operator(),
                body);
    }

    private static Request with(Request plain, Caller caller, String body) {
        return new Request(
                plain.id(),
                plain.org(),
                plain.operation(),
                caller,
                plain.variables(),
                plain.query(),
                plain.baseUrl(),
                plain.headers(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** The events of an org's log, oldest first. */
    List<JsonNode> log(Org org) {
        return ground
                .database
                .read(
                        org.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT body FROM system_log WHERE org_id = ?"
                                                        + " ORDER BY recorded_at, ordinal",
                                                org.number()),
                                        row -> row.json("body")))
                .stream()
                .map(Json::parse)
                .toList();
    }

    /** Their types. */
    List<String> types(Org org) {
        return log(org).stream().map(event -> event.path("eventType").stringValue()).toList();
    }

    @Override
    public void close() {
        ground.close();
        pool.close();
    }

    private record Names(List<String> told) implements OrgHosts {

        @Override
        public int open(int port) {
            return port;
        }

        @Override
        public void close(int port) {}

        @Override
        public void added(Org org) {
            told.add(org.name());
        }

        @Override
        public void removed(Org org) {
            told.remove(org.name());
        }

        @Override
        public void follow(Supplier<? extends Collection<Org>> all) {}

        @Override
        public String url(Org org) {
            return "https://" + org.name() + ".test";
        }
    }
}
