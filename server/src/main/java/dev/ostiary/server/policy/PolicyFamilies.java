package dev.ostiary.server.policy;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.security.zones.OrgZones;
import dev.ostiary.server.security.zones.ZoneUse;
import java.time.InstantSource;
import java.util.List;

/** The tag Policy: its families over the neighbours that they need. Immutable. */
public final class PolicyFamilies {

    private final List<Family> families;

    /** Policies in this database. */
    public PolicyFamilies(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            OrgZones zones,
            OrgSchemas schemas,
            UserDirectory users,
            Memberships memberships,
            GovernedApps apps,
            SimulatedApps simulated,
            Nameable nameable) {
        PolicyStore store = new PolicyStore();
        PolicyWrites writes = new PolicyWrites(database, ids, time);
        PolicyEvents policyEvents = new PolicyEvents(events);
        Targets targets = new Targets(store, users, zones, nameable);
        ExpressionRules expressions = new ExpressionRules(schemas);
        families =
                List.of(
                        new PolicyOperations(database, writes, policyEvents, store, targets),
                        new RuleOperations(
                                database, writes, policyEvents, store, targets, expressions),
                        new MappingOperations(database, writes, policyEvents, store, apps),
                        new Simulations(
                                database,
                                time,
                                zones,
                                users,
                                memberships,
                                expressions,
                                new PolicyDecisions(database, zones, memberships),
                                store,
                                simulated));
    }

    /** Keeps zones that rules name from being deleted. */
    public static ZoneUse zoneUse() {
        return new PolicyStore()::tiedTo;
    }

    /** Every family. */
    public List<Family> families() {
        return families;
    }
}
