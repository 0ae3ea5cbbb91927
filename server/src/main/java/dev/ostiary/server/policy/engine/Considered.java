package dev.ostiary.server.policy.engine;

import java.util.List;

/**
 * A policy that was looked at on the way to a decision, and what came of it.
 *
 * @param verdict of its own conditions
 * @param rules its rules, as far as they were looked at
 */
public record Considered(
        Candidate.Ref policy, Verdict verdict, List<Check> checks, List<Rule> rules) {

    /** A rule that was looked at. */
    public record Rule(Candidate.Ref rule, Verdict verdict, List<Check> checks) {
        public Rule {
            checks = List.copyOf(checks);
        }
    }

    public Considered {
        checks = List.copyOf(checks);
        rules = List.copyOf(rules);
    }

    /** Whether it is the one that decided. */
    public boolean decides() {
        return verdict == Verdict.MATCH
                && rules.stream().anyMatch(rule -> rule.verdict() == Verdict.MATCH);
    }

    /** Whether it would perhaps have decided, had more been known. */
    public boolean isUndefined() {
        return !decides()
                && verdict != Verdict.NOT_MATCH
                && rules.stream().anyMatch(rule -> rule.verdict() != Verdict.NOT_MATCH);
    }
}
