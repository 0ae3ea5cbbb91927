package dev.ostiary.server.policy.engine;

import java.util.List;
import java.util.Optional;

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

    /** The policy and the rule that decided, if it is the one. */
    public Optional<Considered> deciding() {
        return verdict == Verdict.MATCH ? with(List.of(Verdict.MATCH)) : Optional.empty();
    }

    /** What of it would perhaps have decided, had more been known. */
    public Optional<Considered> undefined() {
        return switch (verdict) {
            case MATCH -> with(List.of(Verdict.UNDEFINED));
            case UNDEFINED -> with(List.of(Verdict.MATCH, Verdict.UNDEFINED));
            case NOT_MATCH -> Optional.empty();
        };
    }

    /** What of it was looked at and does not apply. */
    public Optional<Considered> missed() {
        return verdict == Verdict.NOT_MATCH ? Optional.of(this) : with(List.of(Verdict.NOT_MATCH));
    }

    private Optional<Considered> with(List<Verdict> verdicts) {
        List<Rule> some = rules.stream().filter(rule -> verdicts.contains(rule.verdict())).toList();
        return Optional.of(new Considered(policy, verdict, checks, some))
                .filter(each -> !some.isEmpty());
    }
}
