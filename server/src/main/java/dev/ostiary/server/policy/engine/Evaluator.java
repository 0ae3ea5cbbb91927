package dev.ostiary.server.policy.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the policy and the rule that apply (Policy API, "Policy evaluation"): the first policy, in
 * the order of priorities, whose conditions are all met and of whose rules one has all of its own
 * met. A policy without rules is not considered. A condition on what is not known is not met; but
 * whoever decides may name rules that apply then, too: those that refuse, so that nobody comes past
 * one by hiding what it asks for. Thread-safe.
 */
public final class Evaluator {

    private Evaluator() {}

    /** Decides among policies that are in the order of their priorities. */
    public static PolicyDecision decide(List<Candidate> candidates, Situation situation) {
        return decide(candidates, situation, actions -> false);
    }

    /**
     * Decides among policies that are in the order of their priorities.
     *
     * @param refuses whether a rule that does this applies where that cannot be told
     */
    public static PolicyDecision decide(
            List<Candidate> candidates, Situation situation, Predicate<ObjectNode> refuses) {
        List<Considered> considered = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.rules().isEmpty()) {
                continue;
            }
            List<Check> checks = check(candidate.conditions(), situation);
            Verdict verdict = verdict(checks);
            List<Considered.Rule> rules = new ArrayList<>();
            Optional<Candidate.Rule> applies =
                    verdict == Verdict.NOT_MATCH
                            ? Optional.empty()
                            : first(candidate, verdict, situation, refuses, rules);
            considered.add(new Considered(candidate.policy(), verdict, checks, rules));
            if (applies.isPresent()) {
                return new PolicyDecision.Applied(
                        candidate.policy(),
                        candidate.settings(),
                        applies.get().rule(),
                        applies.get().actions(),
                        considered);
            }
        }
        return new PolicyDecision.NoneApplies(considered);
    }

    /** The rule that applies; those that are looked at are noted. */
    private static Optional<Candidate.Rule> first(
            Candidate candidate,
            Verdict policy,
            Situation situation,
            Predicate<ObjectNode> refuses,
            List<Considered.Rule> considered) {
        for (Candidate.Rule rule : candidate.rules()) {
            List<Check> checks = check(rule.conditions(), situation);
            Verdict verdict = verdict(checks);
            considered.add(new Considered.Rule(rule.rule(), verdict, checks));
            boolean fits =
                    verdict == Verdict.MATCH
                            || (verdict == Verdict.UNDEFINED && refuses.test(rule.actions()));
            if (policy == Verdict.MATCH && fits) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private static List<Check> check(List<Condition> conditions, Situation situation) {
        return conditions.stream()
                .flatMap(condition -> condition.check(situation).stream())
                .toList();
    }

    private static Verdict verdict(List<Check> checks) {
        return Verdict.all(checks.stream().map(Check::verdict).toList());
    }
}
