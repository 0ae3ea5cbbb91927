package dev.ostiary.server.policy;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.policy.engine.Evaluator;
import dev.ostiary.server.policy.engine.Person;
import dev.ostiary.server.policy.engine.PolicyDecision;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.policy.engine.Whereabouts;
import dev.ostiary.server.policy.kind.PolicyType;
import dev.ostiary.server.security.zones.OrgZones;
import java.util.Set;

/**
 * Asks an org's policies, at the versions of its configuration that the request learned. Costs no
 * query where nothing has changed since the last question. Thread-safe.
 */
public final class PolicyDecisions {

    private final Database database;
    private final OrgZones zones;
    private final Memberships memberships;
    private final OrgPolicies policies;

    /** Of the policies in this database. */
    public PolicyDecisions(Database database, OrgZones zones, Memberships memberships) {
        this.database = database;
        this.zones = zones;
        this.memberships = memberships;
        this.policies = new OrgPolicies(database);
    }

    /** Whether an org has touched neither its sign-on nor its password policies. */
    public boolean isUsual(Org org) {
        return policies.isUntouched(org, PolicyType.OKTA_SIGN_ON)
                && policies.isUntouched(org, PolicyType.PASSWORD);
    }

    /**
     * Whether a user may sign in with the request that this thread answers. Costs a query where the
     * org's policies depend on groups.
     */
    public SignOnDecision signOnNow(Org org, String userId) {
        Set<String> groups =
                asksForGroups(org, PolicyType.OKTA_SIGN_ON)
                        ? database.read(
                                org.number(),
                                reader -> Set.copyOf(memberships.groupsOf(reader, org, userId)))
                        : Set.of();
        Situation situation =
                Situation.of(Person.of(userId, groups))
                        .by(Situation.Entry.WEB)
                        .provenBy(Situation.OKTA);
        String address = RequestContext.current().client().ipAddress();
        IpAddress client = address == null ? null : IpAddress.parse(address);
        return signOn(
                org,
                client == null
                        ? situation
                        : situation.at(new Whereabouts.At(client, zones.of(org, org.versions()))));
    }

    /**
     * Whether a user may sign in, with what, and for how long.
     *
     * @param situation who it is, with all groups that the user is in, Everyone among them; and
     *     what else is known
     */
    public SignOnDecision signOn(Org org, Situation situation) {
        return switch (decide(org, PolicyType.OKTA_SIGN_ON, situation)) {
            case PolicyDecision.Applied applied -> SignOnDecision.of(applied);
            case PolicyDecision.NoneApplies none ->
                    throw new IllegalStateException(
                            "the default policy of " + org.name() + " does not apply");
        };
    }

    /** The policy and the rule of a type that apply. */
    public PolicyDecision decide(Org org, PolicyType type, Situation situation) {
        return Evaluator.decide(policies.candidates(org, type), situation);
    }

    /** Whether anything in an org's policies of a type depends on the groups of a person. */
    public boolean asksForGroups(Org org, PolicyType type) {
        return !policies.isUntouched(org, type)
                && policies.candidates(org, type).stream()
                        .anyMatch(candidate -> candidate.asksForGroups());
    }
}
