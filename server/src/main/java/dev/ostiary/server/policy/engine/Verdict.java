package dev.ostiary.server.policy.engine;

import java.util.Collection;

/** What came of comparing a condition with a situation (schema {@code SimulateResultStatus}). */
public enum Verdict {
    MATCH,
    NOT_MATCH,
    /** It asks for something that nobody knows. */
    UNDEFINED;

    /** Whether it holds. */
    static Verdict of(boolean holds) {
        return holds ? MATCH : NOT_MATCH;
    }

    /** All of them: one that is missed decides, then one that cannot be told. */
    static Verdict all(Collection<Verdict> verdicts) {
        if (verdicts.contains(NOT_MATCH)) {
            return NOT_MATCH;
        }
        return verdicts.contains(UNDEFINED) ? UNDEFINED : MATCH;
    }
}
