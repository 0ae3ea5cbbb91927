package dev.ostiary.server.policy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an org has of policies: those with a row, and in place of the rest what it was born with.
 * Thread-safe.
 */
final class PolicySet {

    private final PolicyStore store;

    PolicySet(PolicyStore store) {
        this.store = store;
    }

    /** The policies of a type, by priority. */
    List<Policy> policies(Reader reader, Org org, PolicyType type) {
        return merged(store.policies(reader, type), org, type);
    }

    /** The same, where the rows have been read. */
    static List<Policy> merged(List<Policy> stored, Org org, PolicyType type) {
        List<Policy> all = new ArrayList<>();
        stored.stream().filter(policy -> !policy.system()).forEach(all::add);
        Optional<Policy> last =
                stored.stream().filter(Policy::system).findFirst().or(() -> Born.policy(type, org));
        if (!type.isOrdered()) {
            last.ifPresent(policy -> all.addFirst(policy.at(1)));
            return List.copyOf(all);
        }
        last.ifPresent(all::add);
        for (int i = 0; i < all.size(); i++) {
            all.set(i, all.get(i).at(i + 1));
        }
        return List.copyOf(all);
    }

    /** The policy of an id. */
    Optional<Policy> find(Reader reader, Org org, String id) {
        Optional<Policy> found = store.policy(reader, id).or(() -> Born.policy(id, org));
        return found.map(
                policy ->
                        policy.type().isOrdered()
                                ? policy.at(place(reader, policy))
                                : policy.at(1));
    }

    private int place(Reader reader, Policy policy) {
        List<String> order = order(reader, policy.type());
        int place = order.indexOf(policy.id());
        return 1 + (place < 0 ? order.size() : place);
    }

    /** The ids of the policies of a type that can be put into an order, in it. */
    List<String> order(Reader reader, PolicyType type) {
        return store.heads(reader, type).stream()
                .filter(head -> !head.system())
                .map(PolicyStore.Head::id)
                .toList();
    }

    /**
     * As {@link #find}.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    Policy require(Reader reader, Org org, String id) {
        return find(reader, org, id).orElseThrow(() -> ApiException.notFound(id, Policy.TYPE));
    }

    /** Whether a name is taken among the other policies of a type. */
    boolean isTaken(Reader reader, Org org, Policy policy) {
        List<PolicyStore.Head> heads = store.heads(reader, policy.type());
        boolean bornIsStored = heads.stream().anyMatch(PolicyStore.Head::system);
        Optional<Policy> born = bornIsStored ? Optional.empty() : Born.policy(policy.type(), org);
        return heads.stream()
                        .anyMatch(
                                head ->
                                        !head.id().equals(policy.id())
                                                && head.name().equals(policy.name()))
                || born.filter(it -> !it.id().equals(policy.id()))
                        .filter(it -> it.name().equals(policy.name()))
                        .isPresent();
    }

    /** How many policies of a type have a row. */
    int count(Reader reader, PolicyType type) {
        return store.heads(reader, type).size();
    }

    /** The rules of a policy, by priority. */
    List<PolicyRule> rules(Reader reader, Org org, Policy policy) {
        return merged(store.rules(reader, List.of(policy.id())), org, policy);
    }

    /** The same, where the rows have been read; rules of other policies among them are left out. */
    static List<PolicyRule> merged(List<PolicyRule> stored, Org org, Policy policy) {
        List<PolicyRule> own =
                stored.stream().filter(rule -> rule.policyId().equals(policy.id())).toList();
        List<PolicyRule> all = new ArrayList<>(own);
        if (policy.system()) {
            Born.rules(policy.type(), org).stream()
                    .filter(born -> own.stream().noneMatch(it -> it.id().equals(born.id())))
                    .forEach(all::add);
        }
        all.removeIf(rule -> rule.status() == PolicyRule.Status.REMOVED);
        all.sort(
                Comparator.comparing(PolicyRule::system)
                        .thenComparing(PolicyRule::priority)
                        .thenComparing(PolicyRule::id));
        return placed(all, policy.type());
    }

    private static List<PolicyRule> placed(List<PolicyRule> rules, PolicyType type) {
        List<PolicyRule> placed = new ArrayList<>();
        for (PolicyRule rule : rules) {
            boolean last = rule.system() && type.hasCatchAll();
            placed.add(
                    rule.at(
                            last
                                    ? PolicyType.LAST_PRIORITY
                                    : type.firstRulePriority() + placed.size()));
        }
        return List.copyOf(placed);
    }
}
