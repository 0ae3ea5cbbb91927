package dev.ostiary.server.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.server.apps.assignments.AppAttributeHolders;
import dev.ostiary.server.apps.assignments.AppFarewells;
import dev.ostiary.server.apps.assignments.AppGroupChanges;
import dev.ostiary.server.apps.assignments.AppGroups;
import dev.ostiary.server.apps.assignments.AppUserChanges;
import dev.ostiary.server.apps.assignments.AppUserReader;
import dev.ostiary.server.apps.assignments.AppUsers;
import dev.ostiary.server.apps.assignments.AssignedApps;
import dev.ostiary.server.apps.assignments.Assignments;
import dev.ostiary.server.apps.credentials.AppKeys;
import dev.ostiary.server.apps.credentials.CertificateRequests;
import dev.ostiary.server.apps.credentials.ClientSecrets;
import dev.ostiary.server.apps.credentials.KeyMaker;
import dev.ostiary.server.apps.credentials.PublicKeys;
import dev.ostiary.server.apps.credentials.SamlMetadata;
import dev.ostiary.server.apps.credentials.SigningKeys;
import dev.ostiary.server.apps.profiles.MappedProfiles;
import dev.ostiary.server.apps.profiles.MappingRules;
import dev.ostiary.server.apps.profiles.ProfileMappings;
import dev.ostiary.server.apps.provisioning.Connections;
import dev.ostiary.server.apps.trust.CrossAppConnections;
import dev.ostiary.server.apps.trust.FederatedClaims;
import dev.ostiary.server.apps.trust.InterclientTrusts;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.directory.groups.Groups;
import dev.ostiary.server.directory.schemas.AppUserSchemas;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.UserDirectory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.JsonNode;

/** Apps on a real database, called as the Pipeline calls them. */
public final class TestApps implements AutoCloseable {

    public final TestDirectory directory;
    public final Clients clients;
    public final AppFarewells farewells;
    public final AppUserSchemas schemas;
    public final MappedProfiles profiles;

    /** The apps of a database, which it concerns besides that one ends. */
    public TestApps(DatabaseAccess access, AppChanges.Watch... besides) {
        directory = new TestDirectory(access);
        Database database = directory.database();
        Ids ids = directory.ids();
        InstantSource time = directory.time();
        SecureRandom random = new SecureRandom();
        Sealed sealed = new Sealed(KeyRing.of(MasterKey.generate(random)), random);
        Tokens tokens = new Tokens(random);
        EventCatalogue catalogue = EventCatalogue.load();
        AppStore store = new AppStore();
        AppEvents events = new AppEvents(catalogue);
        UserDirectory users = new UserDirectory();
        OrgSchemas orgSchemas = new OrgSchemas(database);
        ClientSecretStore secrets = new ClientSecretStore(sealed, tokens, ids);
        schemas =
                new AppUserSchemas(
                        database,
                        time,
                        catalogue,
                        new SchemaApps(store),
                        new AppAttributeHolders());
        profiles = new MappedProfiles(orgSchemas, schemas, time);
        AppUserReader reading = new AppUserReader(users, profiles);
        Assignments assignments = new Assignments(reading);
        ProfileMappings mappings =
                new ProfileMappings(
                        database, ids, time, store, events, new MappingRules(orgSchemas, schemas));
        InterclientTrusts trusts = new InterclientTrusts(database, ids, time, store, events);
        SigningKeys keys = new SigningKeys(database, time, new KeyMaker(random), store, sealed);
        AppChanges changes =
                new AppChanges(
                        database,
                        ids,
                        time,
                        tokens,
                        sealed,
                        events,
                        store,
                        secrets,
                        Stream.concat(Stream.of(mappings, keys, trusts), Stream.of(besides))
                                .toList());
        AppLinks links = new NoLinks();
        clients = new Clients(store, secrets, assignments);
        farewells = new AppFarewells(store, events, users);
        AppUserChanges userChanges =
                new AppUserChanges(database, time, sealed, store, events, users, profiles, reading);
        List.of(
                        new Apps(database, store, changes, assignments, links),
                        new AppKeys(database, store, events, keys, tokens),
                        new CertificateRequests(database, store, events, keys, tokens),
                        new ClientSecrets(database, store, events, secrets, time),
                        new PublicKeys(database, ids, time, store, events),
                        new SamlMetadata(database, store, keys),
                        new AppUsers(database, store, reading, userChanges),
                        new PolicyAssignments(
                                database, time, store, events, new TwoPolicies(), links),
                        new AppGroups(
                                database,
                                store,
                                new AppGroupChanges(database, time, store, events, profiles)),
                        new AssignedApps(database, store, users, links),
                        new Groups(
                                database,
                                ids,
                                time,
                                catalogue,
                                directory.memberships(),
                                orgSchemas,
                                farewells),
                        schemas,
                        mappings,
                        trusts,
                        new FederatedClaims(database, ids, time, store, events, orgSchemas),
                        new CrossAppConnections(database, ids, time, store, catalogue),
                        new Connections(database, time, sealed, store, events, keys))
                .forEach(directory::bind);
    }

    private record SchemaApps(AppStore store) implements AppUserSchemas.Apps {
        @Override
        public AppUserSchemas.Named require(Reader reader, Org org, String id) {
            return named(store.require(reader, org, id));
        }

        @Override
        public AppUserSchemas.Named held(Tx tx, Org org, String id) {
            return named(store.held(tx, org, id, AppStore.Lock.ALL));
        }

        private static AppUserSchemas.Named named(App app) {
            return new AppUserSchemas.Named(
                    app.id(), app.label(), app.created(), app.isIdentitySource());
        }
    }

    /** Two policies that govern apps, and one that does not. */
    private record TwoPolicies() implements AppPolicies {
        @Override
        public Optional<Kind> kind(Reader reader, Org org, String policyId) {
            return policyId.startsWith("rst") ? Optional.of(Kind.ACCESS) : Optional.empty();
        }

        @Override
        public boolean exists(Reader reader, Org org, String policyId) {
            return policyId.endsWith("1");
        }

        @Override
        public String born(Kind kind, Org org) {
            return "rst00000000000000000";
        }
    }

    private static final class NoLinks implements AppLinks {
        @Override
        public void add(Links links, Org org, App app, String baseUrl) {}

        @Override
        public String logo(App app, String baseUrl) {
            return baseUrl + "/logo.png";
        }
    }

    public JsonNode create(Org org, String body) {
        return json(directory.call(org, "createApplication", Map.of(), "", body));
    }

    public JsonNode bookmark(Org org, String label) {
        return create(
                org,
                Json.text(
                        Json.object(
                                        """
                                        {"name": "bookmark", "signOnMode": "BOOKMARK",
                                         "settings": {"app": {"url": "https://a.example"}}}""")
                                .put("label", label)));
    }

    public JsonNode get(Org org, String id) {
        return json(directory.call(org, "getApplication", Map.of("appId", id), ""));
    }

    public JsonNode replace(Org org, String id, String body) {
        return json(directory.call(org, "replaceApplication", Map.of("appId", id), "", body));
    }

    public Reply on(Org org, String operation, String id) {
        return directory.call(org, operation, Map.of("appId", id), "");
    }

    /** An operation on something of an app's. */
    public Reply of(
            Org org, String operation, String id, String variable, String value, String body) {
        return directory.call(org, operation, Map.of("appId", id, variable, value), "", body);
    }

    public Reply list(Org org, String query) {
        return directory.call(org, "listApplications", Map.of(), query);
    }

    public List<String> labels(Org org, String query) {
        return json(list(org, query))
                .valueStream()
                .map(app -> app.path("label").asString())
                .toList();
    }

    public static JsonNode json(Reply reply) {
        return Json.parse(reply.body());
    }

    public static String id(JsonNode app) {
        return app.path("id").asString();
    }

    public static void refused(ThrowingCallable call, String code, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }

    @Override
    public void close() {
        directory.close();
    }
}
