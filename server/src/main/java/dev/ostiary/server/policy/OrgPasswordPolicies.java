package dev.ostiary.server.policy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.users.password.PasswordPolicies;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.directory.users.password.PasswordPolicy.Complexity;
import dev.ostiary.server.policy.engine.Candidate;
import dev.ostiary.server.policy.engine.Condition;
import dev.ostiary.server.policy.engine.Evaluator;
import dev.ostiary.server.policy.engine.Person;
import dev.ostiary.server.policy.engine.PolicyDecision;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the policies of the type PASSWORD ask of a user's password. Thread-safe.
 *
 * <p>A policy applies if one of its rules does, as everywhere; but where the client is does not
 * count here: a password has to be as long from outside as from inside, and expires when nobody is
 * there.
 */
public final class OrgPasswordPolicies implements PasswordPolicies {

    private final Database database;
    private final Memberships memberships;
    private final OrgPolicies policies;

    /** Of the policies in this database. */
    public OrgPasswordPolicies(Database database, Memberships memberships) {
        this.database = database;
        this.memberships = memberships;
        this.policies = new OrgPolicies(database);
    }

    @Override
    public PasswordPolicy ofNew(Org org, Collection<String> groupIds) {
        return untouched(org)
                ? PasswordPolicy.observedDefault()
                : decide(org, Person.in(Set.copyOf(groupIds)));
    }

    @Override
    public PasswordPolicy of(Org org, String userId) {
        if (untouched(org)) {
            return PasswordPolicy.observedDefault();
        }
        return asksForGroups(org)
                ? database.read(org.number(), reader -> of(reader, org, userId))
                : decide(org, Person.of(userId, Set.of()));
    }

    @Override
    public PasswordPolicy of(Reader reader, Org org, String userId) {
        if (untouched(org)) {
            return PasswordPolicy.observedDefault();
        }
        Set<String> groups =
                asksForGroups(org)
                        ? Set.copyOf(memberships.groupsOf(reader, org, userId))
                        : Set.of();
        return decide(org, Person.of(userId, groups));
    }

    private boolean untouched(Org org) {
        return policies.isUntouched(org, PolicyType.PASSWORD);
    }

    private boolean asksForGroups(Org org) {
        return policies.candidates(org, PolicyType.PASSWORD).stream()
                .anyMatch(Candidate::asksForGroups);
    }

    private PasswordPolicy decide(Org org, Person person) {
        List<Candidate> candidates =
                policies.candidates(org, PolicyType.PASSWORD).stream()
                        .map(OrgPasswordPolicies::fromAnywhere)
                        .toList();
        return switch (Evaluator.decide(candidates, Situation.of(person))) {
            case PolicyDecision.Applied applied -> policy(applied.settings().orElseThrow());
            case PolicyDecision.NoneApplies none -> PasswordPolicy.observedDefault();
        };
    }

    private static Candidate fromAnywhere(Candidate candidate) {
        return new Candidate(
                candidate.policy(),
                candidate.conditions(),
                candidate.settings(),
                candidate.rules().stream()
                        .map(
                                rule ->
                                        new Candidate.Rule(
                                                rule.rule(),
                                                rule.conditions().stream()
                                                        .filter(
                                                                it ->
                                                                        !(it
                                                                                instanceof
                                                                                Condition.Network))
                                                        .toList(),
                                                rule.actions()))
                        .toList());
    }

    /** The settings of a policy, as its form has made them whole. */
    static PasswordPolicy policy(ObjectNode settings) {
        JsonNode complexity = settings.at("/password/complexity");
        JsonNode age = settings.at("/password/age");
        JsonNode lockout = settings.at("/password/lockout");
        List<String> excluded = Condition.texts(complexity.path("excludeAttributes"));
        return new PasswordPolicy(
                new Complexity(
                        complexity.path("minLength").asInt(),
                        complexity.path("minLowerCase").asInt(),
                        complexity.path("minUpperCase").asInt(),
                        complexity.path("minNumber").asInt(),
                        complexity.path("minSymbol").asInt(),
                        complexity.path("excludeUsername").asBoolean(),
                        excluded.contains("firstName"),
                        excluded.contains("lastName"),
                        complexity.at("/dictionary/common/exclude").asBoolean(),
                        complexity.path("maxConsecutiveCharacters").asInt(0)),
                age.path("historyCount").asInt(),
                age.path("minAgeMinutes").asInt(),
                age.path("maxAgeDays").asInt(),
                age.path("expireWarnDays").asInt(),
                lockout.path("maxAttempts").asInt(),
                lockout.path("autoUnlockMinutes").asInt(),
                settings.at("/recovery/factors/recovery_question/properties/complexity/minLength")
                        .asInt(),
                settings.at(
                                "/recovery/factors/okta_email/properties/recoveryToken/tokenLifetimeMinutes")
                        .asInt(),
                Optional.of(complexity.path("oelStatement").asString(""))
                        .filter(condition -> !condition.isBlank()),
                breached(settings.at("/password/breachedProtection")));
    }

    /** Where it says nothing of what shall be done, nothing is looked for. */
    private static Optional<PasswordPolicy.Breached> breached(JsonNode protection) {
        JsonNode days = protection.path("expireAfterDays");
        return protection.isObject()
                ? Optional.of(
                        new PasswordPolicy.Breached(
                                days.isIntegralNumber()
                                        ? Optional.of(days.intValue())
                                        : Optional.empty(),
                                protection.path("logoutEnabled").asBoolean(false)))
                : Optional.empty();
    }
}
