package dev.ostiary.server.policy.engine;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An active policy, ready for questions. Immutable, as far as nobody changes its documents.
 *
 * @param policy which one it is
 * @param conditions what it asks
 * @param settings what it sets; empty where all is in the rules
 * @param rules its active rules, by priority
 */
public record Candidate(
        Ref policy, List<Condition> conditions, Optional<ObjectNode> settings, List<Rule> rules) {

    /** What a policy or a rule is called. */
    public record Ref(String id, String name) {}

    /**
     * A rule.
     *
     * @param actions what it does
     */
    public record Rule(Ref rule, List<Condition> conditions, ObjectNode actions) {
        public Rule {
            conditions = List.copyOf(conditions);
        }
    }

    public Candidate {
        conditions = List.copyOf(conditions);
        rules = List.copyOf(rules);
    }

    /** Whether anything here depends on the groups that a person is in. */
    public boolean asksForGroups() {
        return asksForGroups(conditions)
                || rules.stream().anyMatch(rule -> asksForGroups(rule.conditions()));
    }

    private static boolean asksForGroups(List<Condition> conditions) {
        return conditions.stream()
                .anyMatch(it -> it instanceof Condition.People people && people.asksForGroups());
    }
}
