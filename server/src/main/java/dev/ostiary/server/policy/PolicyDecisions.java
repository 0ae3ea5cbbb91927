package dev.ostiary.server.policy;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.policy.engine.Candidate;
import dev.ostiary.server.policy.engine.Evaluator;
import dev.ostiary.server.policy.engine.Person;
import dev.ostiary.server.policy.engine.PolicyDecision;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.policy.engine.Whereabouts;
import dev.ostiary.server.policy.kind.PolicyType;
import dev.ostiary.server.security.zones.OrgZones;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks an org's policies, at the versions of its configuration that the request learned. Costs no
 * query where nothing has changed since the last question. Thread-safe.
 */
public final class PolicyDecisions {

    /** Types that are asked at sign-in. */
    private static final Set<PolicyType> SIGN_IN =
            EnumSet.of(PolicyType.OKTA_SIGN_ON, PolicyType.PASSWORD, PolicyType.MFA_ENROLL);

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

    /** Whether what the org decides at sign-in depends on the groups of a person. */
    public boolean asksForGroups(Org org) {
        return SIGN_IN.stream().anyMatch(type -> asksForGroups(org, type));
    }

    /** The groups that a user is in. */
    public Set<String> groups(Reader reader, Org org, String userId) {
        return Set.copyOf(memberships.groupsOf(reader, org, userId));
    }

    /**
     * The situation of somebody at the address from which the request came that this thread
     * answers, by the door of browsers and programs.
     */
    public Situation here(Org org, Person person) {
        Situation situation = Situation.of(person).by(Situation.Entry.WEB).provenBy(Situation.OKTA);
        String address = RequestContext.current().client().ipAddress();
        IpAddress client = address == null ? null : IpAddress.parse(address);
        return client == null
                ? situation
                : situation.at(new Whereabouts.At(client, zones.of(org, org.versions())));
    }

    /**
     * Whether a user may sign in, with what, and for how long.
     *
     * @param situation who it is, with all groups that the user is in, Everyone among them; and
     *     what else is known
     */
    public SignOnDecision signOn(Org org, Situation situation) {
        return switch (Evaluator.decide(
                policies.candidates(org, PolicyType.OKTA_SIGN_ON),
                situation,
                actions -> actions.at("/signon/access").asString("").equals("DENY"))) {
            case PolicyDecision.Applied applied -> SignOnDecision.of(applied);
            case PolicyDecision.NoneApplies none -> throw noneApplies(org);
        };
    }

    /** Which factors a user may or must enrol, and when. */
    public EnrolmentDecision enrolment(Org org, Situation situation) {
        return switch (decide(org, PolicyType.MFA_ENROLL, situation)) {
            case PolicyDecision.Applied applied -> EnrolmentDecision.of(applied);
            case PolicyDecision.NoneApplies none -> throw noneApplies(org);
        };
    }

    /**
     * The same of a user at the address from which the request came, outside of a sign-in. May ask
     * the database: not to be called in a transaction.
     */
    public EnrolmentDecision enrolment(Org org, String userId) {
        Set<String> groups = groupsAskedFor(org, PolicyType.MFA_ENROLL, userId);
        return enrolment(org, here(org, Person.of(userId, groups)));
    }

    /** What a user may do with its password by itself. */
    public PasswordDecision password(Org org, Situation situation) {
        return switch (decide(org, PolicyType.PASSWORD, situation)) {
            case PolicyDecision.Applied applied -> PasswordDecision.of(applied);
            case PolicyDecision.NoneApplies none -> throw noneApplies(org);
        };
    }

    /**
     * What it takes to come into an app. A rule that denies does so as well where it cannot be told
     * whether it applies.
     *
     * @param policyId of the app's policy; one that is not active counts as none, and then the one
     *     counts that the org is born with
     * @return nothing where the last rule of that one decides and nobody has changed it: then what
     *     is asked at sign-in is enough
     */
    public Optional<AppAccessDecision> access(
            Org org, Optional<String> policyId, Situation situation) {
        return switch (Evaluator.decide(
                List.of(candidate(org, PolicyType.ACCESS_POLICY, policyId)),
                situation,
                actions -> actions.at("/appSignOn/access").asString("").equals("DENY"))) {
            case PolicyDecision.Applied applied ->
                    isBorn(applied, org)
                            ? Optional.empty()
                            : Optional.of(AppAccessDecision.of(applied));
            case PolicyDecision.NoneApplies none -> throw noneApplies(org);
        };
    }

    /**
     * Whether somebody whom the org does not know may register, and how.
     *
     * @param policyId of the app's policy, as with {@link #access}
     */
    public RegistrationDecision registration(Org org, Optional<String> policyId) {
        Situation situation = here(org, Person.in(Set.of()));
        return switch (decide(org, PolicyType.PROFILE_ENROLLMENT, policyId, situation)) {
            case PolicyDecision.Applied applied -> RegistrationDecision.of(applied);
            case PolicyDecision.NoneApplies none -> throw noneApplies(org);
        };
    }

    /** The policy of an id; where there is no active one, the one that the org is born with. */
    private Candidate candidate(Org org, PolicyType type, Optional<String> policyId) {
        List<Candidate> candidates = policies.candidates(org, type);
        return policyId.flatMap(id -> named(candidates, id))
                .or(() -> named(candidates, Born.policyId(type, org)))
                .orElseThrow(() -> noneApplies(org));
    }

    /** As {@link #decide(Org, PolicyType, Situation)}, by one policy. */
    PolicyDecision decide(
            Org org, PolicyType type, Optional<String> policyId, Situation situation) {
        return Evaluator.decide(List.of(candidate(org, type, policyId)), situation);
    }

    private static Optional<Candidate> named(List<Candidate> candidates, String id) {
        return candidates.stream().filter(each -> each.policy().id().equals(id)).findFirst();
    }

    private static boolean isBorn(PolicyDecision.Applied applied, Org org) {
        PolicyRule last = Born.rules(PolicyType.ACCESS_POLICY, org).getLast();
        return applied.rule().id().equals(last.id()) && applied.actions().equals(last.actions());
    }

    /** Whether a group that a policy names is still there. */
    public boolean hasGroup(Reader reader, String groupId) {
        return new PolicyStore().unknownGroups(reader, List.of(groupId)).isEmpty();
    }

    /** Whether an org has what it was born with of a type, and nothing else. */
    public boolean isUntouched(Org org, PolicyType type) {
        return policies.isUntouched(org, type);
    }

    private static IllegalStateException noneApplies(Org org) {
        return new IllegalStateException("the default policy of " + org.name() + " does not apply");
    }

    /** The policy and the rule of a type that apply. */
    public PolicyDecision decide(Org org, PolicyType type, Situation situation) {
        return Evaluator.decide(policies.candidates(org, type), situation);
    }

    /**
     * The groups of a user; none, and nothing is read, where no policy of the type depends on any.
     */
    public Set<String> groupsAskedFor(Org org, PolicyType type, String userId) {
        return asksForGroups(org, type)
                ? database.read(org.number(), reader -> groups(reader, org, userId))
                : Set.of();
    }

    /** Whether anything in an org's policies of a type depends on the groups of a person. */
    public boolean asksForGroups(Org org, PolicyType type) {
        return !policies.isUntouched(org, type)
                && policies.candidates(org, type).stream()
                        .anyMatch(candidate -> candidate.asksForGroups());
    }
}
