package dev.ostiary.server;

import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.TrustedProxies;
import dev.ostiary.platform.context.UserAgents;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Feed;
import dev.ostiary.platform.http.AccessLog;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.ErrorWriter;
import dev.ostiary.platform.http.Handler;
import dev.ostiary.platform.http.Meters;
import dev.ostiary.platform.http.Parts;
import dev.ostiary.platform.http.Pipeline;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.org.OrgSettingsStore;
import dev.ostiary.platform.org.RecentVersions;
import dev.ostiary.platform.outbound.OutboundTrust;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.CodeHash;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.LogPartitions;
import dev.ostiary.platform.store.SchemaOwner;
import dev.ostiary.platform.tls.CustomCertificate;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.cli.Settings;
import dev.ostiary.server.customization.brands.BrandLanguages;
import dev.ostiary.server.customization.brands.BrandStore;
import dev.ostiary.server.customization.domains.CustomHosts;
import dev.ostiary.server.customization.domains.DnsRecords;
import dev.ostiary.server.customization.domains.DomainBrands;
import dev.ostiary.server.delivery.Channel;
import dev.ostiary.server.delivery.MailDelivery;
import dev.ostiary.server.delivery.OutboxMails;
import dev.ostiary.server.delivery.OutboxStore;
import dev.ostiary.server.directory.groups.GroupSeeds;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.password.HashingPool;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.TemporaryPasswords;
import dev.ostiary.server.oauth.authorize.WaitingClients;
import dev.ostiary.server.openapi.ApiDescription;
import dev.ostiary.server.openapi.OpenApi;
import dev.ostiary.server.orgs.AddressedOrgs;
import dev.ostiary.server.orgs.ChildOrgs;
import dev.ostiary.server.orgs.OrgClocks;
import dev.ostiary.server.orgs.OrgCreator;
import dev.ostiary.server.orgs.OrgHosts;
import dev.ostiary.server.orgs.OrgMetadata;
import dev.ostiary.server.orgs.OrgStore;
import dev.ostiary.server.orgs.OrgSwitches;
import dev.ostiary.server.orgs.Orgs;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.Circumstances;
import dev.ostiary.server.policy.PolicyFamilies;
import dev.ostiary.server.roles.AdminRoleStore;
import dev.ostiary.server.security.origins.CorsOrigins;
import dev.ostiary.server.security.origins.TrustedOrigins;
import dev.ostiary.server.security.tokens.ApiTokenStore;
import dev.ostiary.server.security.tokens.ApiTokens;
import dev.ostiary.server.security.tokens.OperatorSecret;
import dev.ostiary.server.security.tokens.StrayTokenLog;
import dev.ostiary.server.security.tokens.TokenAuthenticator;
import dev.ostiary.server.security.zones.BlockedRequestLog;
import dev.ostiary.server.security.zones.OrgZones;
import dev.ostiary.server.security.zones.ZoneChanges;
import dev.ostiary.server.security.zones.Zones;
import dev.ostiary.server.signin.flow.MailEnrolment;
import dev.ostiary.server.signin.pages.Proving;
import dev.ostiary.server.signin.registration.RegistrationHook;
import dev.ostiary.server.signin.registration.Registrations;
import dev.ostiary.server.signin.sessions.SessionProtection;
import dev.ostiary.server.systemlog.LogRetention;
import dev.ostiary.server.systemlog.LogStreamSchemas;
import dev.ostiary.server.systemlog.SystemLog;
import dev.ostiary.server.systemlog.events.Events;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * The table of contents: every family and engine is constructed here, by hand, once; those of users
 * and groups in {@link Directory}. Whoever wants to know what the server can do reads the lists of
 * families.
 */
final class House implements AutoCloseable {

    private final Contract contract;
    private final Map<String, Binding> bindings;
    private final Pipeline pipeline;
    private final OrgCreator orgCreator;
    private final CustomHosts hosts;
    private final HashingPool hashing;
    private final MailDelivery mail;
    private final MailDelivery phones;
    private final LogRetention retention;
    private final Directory directory;
    private final IdentitySources identitySources;
    private final Pages pages;
    private final Hooks hooks;
    private final OAuth oauth;
    private final RateLimiting rateLimiting;

    /**
     * What the house stands on.
     *
     * @param contract every operation there is
     * @param events every type of event there is
     * @param database the way to PostgreSQL
     * @param owner makes and changes tables
     * @param partitions the care for the log's partitions
     * @param time the wall clock
     * @param ids makes public ids
     * @param random makes what nobody can guess
     * @param tokens makes secrets
     * @param sealed keeps secrets encrypted at rest
     * @param codes hashes codes that are short
     * @param errors writes errors
     * @param log takes a line a request
     * @param meters counts requests
     * @param proxies the operator's proxies
     * @param atlas where addresses are
     * @param hosts opens ports and names hosts
     * @param operator proves the operator
     * @param ready whether the server can serve
     */
    record Ground(
            Settings settings,
            Contract contract,
            EventCatalogue events,
            Database database,
            SchemaOwner owner,
            LogPartitions partitions,
            InstantSource time,
            Ids ids,
            SecureRandom random,
            Tokens tokens,
            Sealed sealed,
            CodeHash codes,
            ErrorWriter errors,
            AccessLog log,
            Meters meters,
            TrustedProxies proxies,
            Atlas atlas,
            UserAgents userAgents,
            OrgHosts hosts,
            OperatorSecret operator,
            BooleanSupplier ready) {}

    House(Ground ground) {
        Database database = ground.database();
        Ids ids = ground.ids();
        InstantSource time = ground.time();
        OrgClock clock = new OrgClock(time);
        EventCatalogue events = ground.events();

        // engines that several families share
        hashing = HashingPool.forThisMachine();
        PasswordHasher hasher = new PasswordHasher(hashing, ground.random());
        TemporaryPasswords temporary = new TemporaryPasswords(ground.random());
        OutboxStore outbox =
                new OutboxStore(
                        database,
                        ground.sealed(),
                        ids,
                        time,
                        new BrandLanguages(new BrandStore(), new DomainBrands()::brandOf)::of);
        mail = new MailDelivery(outbox, MailWay.of(ground.settings(), time), time);
        phones =
                new MailDelivery(
                        outbox,
                        Set.of(Channel.SMS, Channel.CALL),
                        PhoneWay.of(ground.settings(), time),
                        time);
        retention = new LogRetention(ground.partitions(), time);
        rateLimiting = new RateLimiting(ground);

        // neighbours that a family reads through
        ApiTokenStore tokenStore = new ApiTokenStore();
        AdminRoleStore roles = new AdminRoleStore();
        Atlas atlas = ground.atlas();
        OrgZones zones = new OrgZones(database, atlas);
        ApiTokens apiTokens =
                new ApiTokens(
                        database,
                        tokenStore,
                        ids,
                        ground.tokens(),
                        events,
                        new UserDirectory(),
                        zones,
                        time);
        SigningIn signingIn = new SigningIn(ground);
        DnsRecords dns = dns(ground.settings());
        Policies policies = new Policies(ground, zones);
        Factors factors = new Factors(ground, hasher, outbox, dns, policies.decisions());
        directory =
                new Directory(
                        ground,
                        hasher,
                        temporary,
                        outbox,
                        roles,
                        apiTokens,
                        signingIn.untilSignedOut(),
                        signingIn.devices(),
                        factors::removeAll,
                        OAuth.farewells(events),
                        OAuth.begunSteps(),
                        signingIn.begunSignIns(),
                        Applications.farewells(events),
                        policies.passwordPolicies(),
                        policies.entityRisk(),
                        new MailEnrolment(clock, policies.decisions(), factors.engine()));
        Applications applications = new Applications(ground, zones);
        identitySources = new IdentitySources(ground, directory, applications);
        Protection protection = new Protection(ground, zones);
        Supplier<SSLContext> trust =
                OutboundTrust.of(Optional.ofNullable(ground.settings().hookCa()));
        hooks = new Hooks(ground, trust);
        OrgStore orgs = new OrgStore(database, time);
        AddressedOrgs addressed = new AddressedOrgs(database, Settings.DEFAULT_ORG);
        hosts = new CustomHosts(database, ground.sealed(), orgs, time);
        ZoneChanges zoneChanges =
                new ZoneChanges(
                        database,
                        ids,
                        events,
                        time,
                        atlas,
                        List.of(
                                tokenStore::tiedTo,
                                protection.zoneUse(),
                                PolicyFamilies.zoneUse(),
                                Applications.zoneUse()));
        orgCreator =
                new OrgCreator(
                        database,
                        orgs,
                        ground.hosts(),
                        ids,
                        time,
                        events,
                        new GroupSeeds(ids),
                        directory.userSeeds(),
                        roles,
                        apiTokens);

        Looks looks = new Looks(ground, dns, hosts);
        AppClients clients =
                new AppClients(
                        database,
                        applications.clients(),
                        applications.assignments(),
                        applications.grantedScopes());
        LeftApps leftApps =
                new LeftApps(
                        database,
                        OAuth.frontChannel(database, clients, hosts::of),
                        Federation.logouts(ground, applications));
        AppsOnTheWay onTheWay =
                new AppsOnTheWay(database, clock, new AppStore(), new WaitingClients(clients));
        pages =
                new Pages(
                        ground,
                        looks.brands(),
                        leftApps,
                        registrations(ground, policies, hooks, onTheWay),
                        onTheWay,
                        this::handler);

        List<Family> families =
                List.of(
                        new Health(ground.ready()),
                        new Orgs(database, orgCreator, ground.hosts(), orgs, addressed, events),
                        new ChildOrgs(
                                database, orgCreator, ground.hosts(), directory.userSeeds(), roles),
                        new OrgSwitches(database, orgs, events, time, addressed),
                        new OrgClocks(database, time, events),
                        apiTokens,
                        new Zones(database, zoneChanges),
                        new OrgMetadata(),
                        new TrustedOrigins(database, ids, time, events),
                        new OutboxMails(outbox),
                        new SystemLog(database, new Feed(database), time, org -> clock.now()),
                        new LogStreamSchemas(),
                        new Events(new Feed(database), time, org -> clock.now(), events),
                        new ApiDescription(this::openApi));
        Circumstances circumstances =
                new Circumstances(
                        database,
                        policies.decisions(),
                        protection.behaviours(),
                        protection.threats(),
                        atlas,
                        new OrgSchemas(database));
        AppSignOn signOn =
                new AppSignOn(
                        database,
                        policies.decisions(),
                        circumstances,
                        Applications.accessPolicies(),
                        events);
        WaysIn ways =
                signingIn.ways(
                        ground,
                        directory.userParts(),
                        policies.decisions(),
                        signOn,
                        applications.destinations(),
                        protection,
                        factors.engine());
        Proving proving = new Proving(ways.stepUps());
        oauth =
                new OAuth(
                        ground,
                        clients,
                        signOn,
                        trust,
                        signingIn.browsers(),
                        ways.passwords(),
                        ways.direct(),
                        pages.shown(),
                        hosts::of,
                        rateLimiting.limits()::bucketOf,
                        new ZonesHere(zones),
                        leftApps,
                        proving);
        contract = ground.contract();
        bindings =
                bindings(
                        Stream.of(
                                        pages.families(),
                                        families,
                                        rateLimiting.families(addressed),
                                        looks.families(),
                                        oauth.families(),
                                        directory.families(),
                                        factors.families(),
                                        protection.families(),
                                        policies.families(),
                                        signingIn.families(ground, ways, outbox),
                                        applications.families(),
                                        identitySources.families(),
                                        new Provisioning(ground, directory, applications)
                                                .families(),
                                        new Federation(
                                                        ground,
                                                        applications,
                                                        signOn,
                                                        signingIn.browsers(),
                                                        pages.shown(),
                                                        leftApps,
                                                        proving,
                                                        ways)
                                                .families(),
                                        hooks.families(),
                                        new OrgDesk(ground, roles).families())
                                .flatMap(List::stream)
                                .toList());
        pipeline =
                pipeline(
                        ground,
                        zones,
                        atlas,
                        new BlockedRequestLog(database, events, time),
                        new StrayTokenLog(database, events),
                        new TokenAuthenticator(
                                database,
                                tokenStore,
                                zones,
                                time,
                                ground.operator(),
                                signingIn::authenticate,
                                oauth::authenticate),
                        new SessionProtection(
                                database, clock, events, policies.decisions(), circumstances));
    }

    /** Who may register on the way to which app. */
    private static Registrations registrations(
            Ground ground, Policies policies, Hooks hooks, AppsOnTheWay apps) {
        Database database = ground.database();
        return new Registrations(
                database,
                policies.decisions(),
                new OrgSchemas(database),
                apps,
                new RegistrationHook(
                        hooks.inlineCalls(), new OrgClock(ground.time()), ground.tokens()));
    }

    private Pipeline pipeline(
            Ground ground,
            OrgZones zones,
            Atlas atlas,
            BlockedRequestLog blocked,
            StrayTokenLog strays,
            TokenAuthenticator authenticator,
            SessionProtection sessions) {
        ConfigVersionLookup versions = new ConfigVersionLookup(ground.database());
        return new Pipeline(
                new Parts(
                        contract,
                        bindings,
                        hosts,
                        versions::now,
                        new RecentVersions(ground.database(), versions, ground.time())::of,
                        settings(ground.database())::at,
                        ground.settings().baseDomain(),
                        Settings.DEFAULT_ORG,
                        ground.proxies(),
                        new CorsOrigins(ground.database()),
                        zones,
                        atlas,
                        blocked,
                        strays,
                        authenticator,
                        sessions,
                        ground.userAgents(),
                        rateLimiting.limiter(),
                        rateLimiting.limits(),
                        rateLimiting.journal(),
                        ground.ids()::requestId,
                        ground.errors(),
                        pages.errors(),
                        ground.log(),
                        ground.meters()));
    }

    private static OrgConfig<OrgSettings> settings(Database database) {
        return new OrgConfig<>(
                ConfigArea.SETTINGS,
                database,
                OrgSettings.defaults(),
                OrgSettingsStore::read,
                settings -> 1);
    }

    /** Begins the work that goes on beside requests. */
    void start() {
        mail.start();
        phones.start();
        directory.start();
        identitySources.start();
        hooks.start();
        retention.start();
        rateLimiting.start();
    }

    /** Ends it. */
    @Override
    public void close() {
        rateLimiting.close();
        retention.close();
        hooks.close();
        oauth.close();
        identitySources.close();
        directory.close();
        phones.close();
        mail.close();
        hashing.close();
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** The description of what is bound. */
    OpenApi openApi() {
        return new OpenApi(contract, bindings);
    }

    /** Which operations are bound, as contract/COVERAGE.md says it. */
    String coverage() {
        return new Coverage(contract, bindings).markdown();
    }

    /** The code of an operation, for those who call it from within. */
    private Optional<Handler> handler(String operationId) {
        return Optional.ofNullable(bindings.get(operationId)).map(Binding::handler);
    }

    /** The certificate of a custom domain. */
    Optional<CustomCertificate> certificate(String host) {
        return hosts.certificate(host);
    }

    private static DnsRecords dns(Settings settings) {
        String server = settings.dns();
        return server == null ? DnsRecords.ofThisMachine() : DnsRecords.of(server);
    }

    OrgCreator orgCreator() {
        return orgCreator;
    }

    private static Map<String, Binding> bindings(List<Family> families) {
        Map<String, Binding> byId = new HashMap<>();
        for (Family family : families) {
            for (Binding binding : family.bindings()) {
                if (byId.put(binding.operationId(), binding) != null) {
                    throw new IllegalStateException("bound twice: " + binding.operationId());
                }
            }
        }
        return Map.copyOf(byId);
    }
}
