package dev.ostiary.server;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppChanges;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppLogos;
import dev.ostiary.server.apps.AppPolicies;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.Apps;
import dev.ostiary.server.apps.ClientSecretStore;
import dev.ostiary.server.apps.Clients;
import dev.ostiary.server.apps.PolicyAssignments;
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
import dev.ostiary.server.apps.grants.ScopeGrants;
import dev.ostiary.server.apps.profiles.MappedProfiles;
import dev.ostiary.server.apps.profiles.MappingRules;
import dev.ostiary.server.apps.profiles.ProfileMappings;
import dev.ostiary.server.apps.registration.ClientRegistrations;
import dev.ostiary.server.apps.trust.CrossAppConnections;
import dev.ostiary.server.apps.trust.FederatedClaims;
import dev.ostiary.server.apps.trust.InterclientTrusts;
import dev.ostiary.server.customization.brands.BrandApps;
import dev.ostiary.server.customization.brands.BrandFarewells;
import dev.ostiary.server.customization.brands.BrandStore;
import dev.ostiary.server.customization.pictures.Pictures;
import dev.ostiary.server.directory.schemas.AppUserSchemas;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.federation.AppDestinations;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.GovernedApps;
import dev.ostiary.server.policy.SimulatedApps;
import dev.ostiary.server.security.zones.OrgZones;
import dev.ostiary.server.security.zones.ZoneUse;
import dev.ostiary.server.signin.flow.Destinations;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The floor of apps in the house: what users sign in to, and who is given it. */
final class Applications {

    private final List<Family> families;
    private final Clients clients;
    private final ScopeGrants grants;
    private final SigningKeys keys;
    private final AppUserSchemas schemas;
    private final MappedProfiles profiles;
    private final Assignments assignments;

    Applications(House.Ground ground, OrgZones zones) {
        Database database = ground.database();
        Ids ids = ground.ids();
        InstantSource time = ground.time();
        EventCatalogue catalogue = ground.events();
        AppStore store = new AppStore();
        AppEvents events = new AppEvents(catalogue);
        UserDirectory users = new UserDirectory();
        OrgSchemas orgSchemas = new OrgSchemas(database);
        ClientSecretStore secrets = new ClientSecretStore(ground.sealed(), ground.tokens(), ids);
        schemas =
                new AppUserSchemas(
                        database,
                        time,
                        catalogue,
                        new SchemaApps(store),
                        new AppAttributeHolders());
        profiles = new MappedProfiles(orgSchemas, schemas, time);
        AppUserReader reading = new AppUserReader(users, profiles);
        assignments = new Assignments(reading);
        ProfileMappings mappings =
                new ProfileMappings(
                        database, ids, time, store, events, new MappingRules(orgSchemas, schemas));
        keys =
                new SigningKeys(
                        database, time, new KeyMaker(ground.random()), store, ground.sealed());
        InterclientTrusts trusts = new InterclientTrusts(database, ids, time, store, events);
        AppChanges changes =
                new AppChanges(
                        database,
                        ids,
                        time,
                        ground.tokens(),
                        ground.sealed(),
                        events,
                        store,
                        secrets,
                        List.of(
                                mappings,
                                keys,
                                new SchemaEnd(),
                                trusts,
                                new ClientEnd(catalogue),
                                new BrandEnd(new BrandFarewells(new BrandStore(), time, catalogue)),
                                new ClientZones(zones)));
        AppGovernment links = new AppGovernment();
        clients = new Clients(store, secrets, assignments);
        grants = new ScopeGrants(database, ids, time, store, events, scopes(ground));
        families =
                List.of(
                        new Apps(database, store, changes, assignments, links),
                        new AppLogos(
                                database,
                                time,
                                store,
                                events,
                                new Pictures(database, ground.tokens())),
                        new AppKeys(database, store, events, keys, ground.tokens()),
                        new CertificateRequests(database, store, events, keys, ground.tokens()),
                        new ClientSecrets(database, store, events, secrets, time),
                        new PublicKeys(database, ids, time, store, events),
                        new SamlMetadata(database, store, keys),
                        new AppUsers(
                                database,
                                store,
                                reading,
                                new AppUserChanges(
                                        database,
                                        time,
                                        ground.sealed(),
                                        store,
                                        events,
                                        users,
                                        profiles,
                                        reading)),
                        new AppGroups(
                                database,
                                store,
                                new AppGroupChanges(database, time, store, events, profiles)),
                        new AssignedApps(database, store, users, links),
                        new PolicyAssignments(database, time, store, events, links, links),
                        grants,
                        new ClientRegistrations(
                                database, time, events, store, changes, clients, secrets),
                        trusts,
                        new FederatedClaims(database, ids, time, store, events, orgSchemas),
                        new CrossAppConnections(database, ids, time, store, catalogue),
                        schemas,
                        mappings);
    }

    /** Every scope of the API, and those with which users reach themselves. */
    private static Set<String> scopes(House.Ground ground) {
        return Stream.concat(
                        ground.contract().operations().stream()
                                .flatMap(operation -> operation.scopes().stream()),
                        Stream.of("okta.users.read.self", "okta.users.manage.self"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What keeps zones from being deleted. */
    static ZoneUse zoneUse() {
        return new AppStore()::tiedTo;
    }

    /** The apps that brands may name. */
    static BrandApps forBrands() {
        AppStore store = new AppStore();
        return (reader, org, appId) -> store.find(reader, org, appId).isPresent();
    }

    /** Which access policy governs an app, for those who let users in. */
    static AppSignOn.AppPolicyOf accessPolicies() {
        AppStore store = new AppStore();
        return (reader, org, appId) ->
                store.find(reader, org, appId).flatMap(app -> app.policy(AppPolicies.Kind.ACCESS));
    }

    /** What policies simulate sign-ins to. */
    static SimulatedApps simulated() {
        AppStore store = new AppStore();
        return (reader, org, appId) ->
                store.find(reader, org, appId)
                        .map(
                                app ->
                                        new SimulatedApps.App(
                                                app.id(),
                                                app.name(),
                                                app.policy(AppPolicies.Kind.ACCESS),
                                                app.policy(AppPolicies.Kind.ENROLLMENT)));
    }

    /** Which apps a policy governs, for policies. */
    static GovernedApps governed() {
        AppGovernment government = new AppGovernment();
        AppStore store = new AppStore();
        return (reader, org, policyId) -> store.governed(reader, org, policyId, government);
    }

    /** What ends in apps when users and groups do. */
    static AppFarewells farewells(EventCatalogue catalogue) {
        return new AppFarewells(new AppStore(), new AppEvents(catalogue), new UserDirectory());
    }

    /** The apps that sign-ins lead into. */
    Destinations destinations() {
        return new AppDestinations(new AppStore(), assignments, new AppGovernment());
    }

    List<Family> families() {
        return families;
    }

    /** OAuth clients, for authorization servers. */
    Clients clients() {
        return clients;
    }

    /** Which scopes of the API apps may have, for authorization servers. */
    ScopeGrants grantedScopes() {
        return grants;
    }

    /** What users of apps may have, for those who bring some. */
    AppUserSchemas schemas() {
        return schemas;
    }

    /** What mappings make of users, for those who bring some. */
    MappedProfiles profiles() {
        return profiles;
    }

    /** Who has which app, for those who let users in. */
    Assignments assignments() {
        return assignments;
    }

    /** The keys that sign for apps, for those who sign. */
    SigningKeys keys() {
        return keys;
    }

    /** What schemas ask of apps. */
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

    /** An app's schema ends with it. */
    private static final class SchemaEnd implements AppChanges.Watch {
        @Override
        public void deleting(Tx tx, Org org, App app) {
            AppUserSchemas.delete(tx, app.id());
        }
    }
}
