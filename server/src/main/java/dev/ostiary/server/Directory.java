package dev.ostiary.server;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.assignments.AppFarewells;
import dev.ostiary.server.delivery.OutboxStore;
import dev.ostiary.server.directory.classification.UserClassifications;
import dev.ostiary.server.directory.grouprules.GroupRules;
import dev.ostiary.server.directory.grouprules.RuleEngine;
import dev.ostiary.server.directory.groups.GroupAttributeHolders;
import dev.ostiary.server.directory.groups.GroupImport;
import dev.ostiary.server.directory.groups.GroupLogos;
import dev.ostiary.server.directory.groups.GroupMembers;
import dev.ostiary.server.directory.groups.GroupOwners;
import dev.ostiary.server.directory.groups.Groups;
import dev.ostiary.server.directory.groups.UserResources;
import dev.ostiary.server.directory.linkedobjects.LinkedObjects;
import dev.ostiary.server.directory.linkedobjects.UserLinkedObjects;
import dev.ostiary.server.directory.memberships.MembershipWatch;
import dev.ostiary.server.directory.memberships.MembershipWatches;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.realms.OrgRealms;
import dev.ostiary.server.directory.realms.RealmAssignments;
import dev.ostiary.server.directory.realms.RealmOperations;
import dev.ostiary.server.directory.realms.RealmRuns;
import dev.ostiary.server.directory.realms.Realms;
import dev.ostiary.server.directory.risk.RiskResponse;
import dev.ostiary.server.directory.risk.UserRisks;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.Schemas;
import dev.ostiary.server.directory.searchindexes.AskedIndexes;
import dev.ostiary.server.directory.searchindexes.SearchTable;
import dev.ostiary.server.directory.uischemas.UiSchemas;
import dev.ostiary.server.directory.users.Belongings;
import dev.ostiary.server.directory.users.CredentialRules;
import dev.ostiary.server.directory.users.RealmMoves;
import dev.ostiary.server.directory.users.UserAttributeHolders;
import dev.ostiary.server.directory.users.UserCredentials;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserImport;
import dev.ostiary.server.directory.users.UserImportUpdates;
import dev.ostiary.server.directory.users.UserLifecycle;
import dev.ostiary.server.directory.users.UserParts;
import dev.ostiary.server.directory.users.UserSeeds;
import dev.ostiary.server.directory.users.UserSessions;
import dev.ostiary.server.directory.users.UserSignOut;
import dev.ostiary.server.directory.users.UserWatch;
import dev.ostiary.server.directory.users.UserWatches;
import dev.ostiary.server.directory.users.Users;
import dev.ostiary.server.directory.users.password.BreachedFile;
import dev.ostiary.server.directory.users.password.BreachedPasswords;
import dev.ostiary.server.directory.users.password.CommonPasswords;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.PasswordPolicies;
import dev.ostiary.server.directory.users.password.TemporaryPasswords;
import dev.ostiary.server.directory.usertypes.UserTypes;
import dev.ostiary.server.oauth.consents.ConsentFarewells;
import dev.ostiary.server.orgs.OrgStore;
import dev.ostiary.server.roles.AdminRoleStore;
import dev.ostiary.server.security.tokens.ApiTokens;
import dev.ostiary.server.transfer.BulkImports;
import dev.ostiary.server.transfer.Destination;
import dev.ostiary.server.transfer.Export;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The directory's floor of the {@linkplain House house}: users, groups, and what is known of them.
 */
final class Directory implements AutoCloseable {

    private final List<Family> families;
    private final UserSeeds userSeeds;
    private final RealmRuns realmRuns;
    private final RuleEngine rules;
    private final AskedIndexes userIndexes;
    private final AskedIndexes groupIndexes;
    private final UserParts userParts;
    private final MembershipWatch watch;
    private final Optional<BreachedFile> breached;

    Directory(
            House.Ground ground,
            PasswordHasher hasher,
            TemporaryPasswords temporary,
            OutboxStore outbox,
            AdminRoleStore roles,
            ApiTokens apiTokens,
            List<Belongings.Removal> untilSignedOut,
            Belongings.Removal devices,
            Belongings.Removal factors,
            Belongings.Removal tokens,
            Belongings.Removal steps,
            Belongings.Removal signIns,
            AppFarewells apps,
            PasswordPolicies passwordPolicies,
            RiskResponse riskResponse,
            UserWatch mailEnrolment) {
        Database database = ground.database();
        Ids ids = ground.ids();
        InstantSource time = ground.time();
        EventCatalogue events = ground.events();
        UserDirectory userDirectory = new UserDirectory();
        Memberships memberships = new Memberships(time);
        UserLinkedObjects userLinks = new UserLinkedObjects(database, events, userDirectory);
        GroupOwners groupOwners = new GroupOwners(database, time, events, userDirectory);
        OrgSchemas orgSchemas = new OrgSchemas(database);
        rules = new RuleEngine(database, ids, time, events, orgSchemas, userDirectory);
        watch = new MembershipWatches(List.of(rules, apps));
        UserAttributeHolders userHolders = new UserAttributeHolders();
        Schemas schemas =
                new Schemas(database, time, events, userHolders, new GroupAttributeHolders());
        breached =
                Optional.ofNullable(ground.settings().breachedPasswords()).map(BreachedFile::open);
        Belongings belongings =
                new Belongings(
                        untilSignedOut,
                        devices,
                        List.of(apiTokens::revokeAll, apps),
                        List.of(
                                roles::revokeAll,
                                userLinks::removeAll,
                                groupOwners::removeUser,
                                new ConsentFarewells(events)),
                        factors,
                        tokens,
                        steps,
                        signIns);
        OrgRealms realms = new OrgRealms(database);
        userParts =
                UserParts.of(
                        hasher,
                        new CredentialRules(
                                passwordPolicies, CommonPasswords.load(), breachedPasswords()),
                        events,
                        ground.tokens(),
                        outbox,
                        memberships,
                        belongings,
                        orgSchemas,
                        realms,
                        new UserWatches(List.of(rules, mailEnrolment)));
        userSeeds = new UserSeeds(userParts, temporary, ids, time);
        Destination bulk =
                new Destination(
                        new UserImport(userParts, ids, time),
                        new UserImportUpdates(userParts),
                        new GroupImport(events, ids),
                        memberships,
                        rules,
                        events);
        realmRuns =
                new RealmRuns(
                        database,
                        time,
                        events,
                        realms,
                        orgSchemas,
                        new RealmMoves(userParts.events(), time),
                        number -> org(database, number));
        userIndexes = indexes(SearchTable.USERS, ground);
        groupIndexes = indexes(SearchTable.GROUPS, ground);
        families =
                List.of(
                        new Users(database, ids, time, userParts, userIndexes),
                        new UserLifecycle(database, time, userParts),
                        new UserCredentials(database, time, userParts, temporary),
                        new UserSessions(database, time, userParts),
                        schemas,
                        new UserTypes(database, ids, time, events, schemas, userHolders::any),
                        new UiSchemas(database, ids, time, events, orgSchemas),
                        new Realms(database, ids, time, events),
                        new RealmAssignments(database, ids, time, events, orgSchemas),
                        new RealmOperations(database, ids, time, events, realmRuns),
                        new Groups(
                                database,
                                ids,
                                time,
                                events,
                                memberships,
                                orgSchemas,
                                watch,
                                groupIndexes),
                        new GroupRules(database, ids, time, orgSchemas, rules),
                        new GroupMembers(database, events, memberships, userDirectory, watch),
                        new UserResources(database, memberships, userDirectory),
                        groupOwners,
                        new GroupLogos(),
                        new LinkedObjects(database, time, events),
                        userLinks,
                        new UserRisks(
                                database,
                                events,
                                userDirectory,
                                riskResponse,
                                new UserSignOut(userParts)::everywhere),
                        new UserClassifications(database, time, events, userDirectory),
                        new BulkImports(database, ids, time, bulk),
                        new Export(database, bulk));
    }

    private static AskedIndexes indexes(SearchTable table, House.Ground ground) {
        return new AskedIndexes(
                table, ground.database(), ground.owner(), ground.time(), AskedIndexes.LARGE);
    }

    /** An org as requests know one. */
    static Optional<Org> org(Database database, long number) {
        return database.acrossOrgs(tx -> OrgStore.byNumber(tx, number))
                .map(org -> org.at(new ConfigVersionLookup(database).now(org)));
    }

    /** Begins the work that goes on beside requests. */
    void start() {
        realmRuns.start();
        rules.sweeps().start();
        userIndexes.start();
        groupIndexes.start();
    }

    private BreachedPasswords breachedPasswords() {
        return breached.<BreachedPasswords>map(file -> file).orElse(BreachedPasswords.NONE);
    }

    /** Ends it. */
    @Override
    public void close() {
        userIndexes.close();
        groupIndexes.close();
        breached.ifPresent(BreachedFile::close);
        realmRuns.close();
        rules.sweeps().close();
    }

    /** Whom it concerns who is in which group. */
    MembershipWatch watch() {
        return watch;
    }

    /** What neighbours work on users with. */
    UserParts userParts() {
        return userParts;
    }

    List<Family> families() {
        return families;
    }

    /** Makes the first users of orgs. */
    UserSeeds userSeeds() {
        return userSeeds;
    }
}
