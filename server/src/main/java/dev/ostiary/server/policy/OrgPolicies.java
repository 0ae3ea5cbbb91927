package dev.ostiary.server.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.policy.engine.Candidate;
import dev.ostiary.server.policy.engine.Conditions;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every org's policies as this node keeps them, ready for questions: one that was answered once
 * costs no query while nothing changes, and an org that never changed anything costs none at all;
 * what it was born with is made once. Thread-safe.
 */
final class OrgPolicies {

    /** What an org was born with takes some kilobytes for each type, and is soon made again. */
    private static final int MOST_BORN = 2_000;

    private final PolicyStore store = new PolicyStore();
    private final Cache<Key, List<Candidate>> born =
            Caffeine.newBuilder().maximumSize(MOST_BORN).build();
    private final Map<PolicyType, OrgConfig<Kept>> byType = new EnumMap<>(PolicyType.class);

    OrgPolicies(Database database) {
        for (PolicyType type : PolicyType.values()) {
            byType.put(
                    type,
                    new OrgConfig<>(
                            ConfigArea.POLICIES,
                            database,
                            Kept.UNTOUCHED,
                            reader -> load(reader, type),
                            Kept::size));
        }
    }

    private Kept load(Reader reader, PolicyType type) {
        return new Kept(
                store.policies(reader, type), store.rules(reader, type), store.everyone(reader));
    }

    /** Whether an org has what it was born with of a type, and nothing else. */
    boolean isUntouched(Org org, PolicyType type) {
        return kept(org, type).isUntouched();
    }

    /** The active policies of a type, by priority, with their active rules. */
    List<Candidate> candidates(Org org, PolicyType type) {
        Kept kept = kept(org, type);
        // it is of no org, and keeps nothing
        return kept == Kept.UNTOUCHED
                ? born.get(new Key(org.number(), type), unknown -> kept.made(org, type))
                : kept.candidates(org, type);
    }

    /**
     * Names what an org has that never touched its policies: it follows from the org, and stays.
     */
    private record Key(long org, PolicyType type) {}

    private Kept kept(Org org, PolicyType type) {
        return Objects.requireNonNull(byType.get(type)).at(org, org.versions());
    }

    /** The rows of a type, and what they mean; that is found once. */
    private static final class Kept {

        private static final Kept UNTOUCHED = new Kept(List.of(), List.of(), Optional.empty());
        private static final int WEIGHT = 20;

        private final List<Policy> policies;
        private final List<PolicyRule> rules;
        private final Optional<String> everyone;
        private volatile @Nullable List<Candidate> candidates;

        Kept(List<Policy> policies, List<PolicyRule> rules, Optional<String> everyone) {
            this.policies = policies;
            this.rules = rules;
            this.everyone = everyone;
        }

        boolean isUntouched() {
            return policies.isEmpty() && rules.isEmpty();
        }

        int size() {
            return WEIGHT * (policies.size() + rules.size());
        }

        List<Candidate> candidates(Org org, PolicyType type) {
            List<Candidate> known = candidates;
            if (known == null) {
                known = made(org, type);
                candidates = known;
            }
            return known;
        }

        private List<Candidate> made(Org org, PolicyType type) {
            return PolicySet.merged(policies, org, type).stream()
                    .filter(Policy::active)
                    .map(policy -> candidate(org, policy))
                    .toList();
        }

        private Candidate candidate(Org org, Policy policy) {
            return new Candidate(
                    new Candidate.Ref(policy.id(), policy.name()),
                    Conditions.of(document(policy.conditions()), everyone),
                    policy.settings(),
                    PolicySet.merged(rules, org, policy).stream()
                            .filter(PolicyRule::active)
                            .map(this::rule)
                            .toList());
        }

        private Candidate.Rule rule(PolicyRule rule) {
            return new Candidate.Rule(
                    new Candidate.Ref(rule.id(), rule.name()),
                    Conditions.of(document(rule.conditions()), everyone),
                    rule.actions());
        }

        private static ObjectNode document(Optional<ObjectNode> conditions) {
            return conditions.orElseGet(Json::object);
        }
    }
}
