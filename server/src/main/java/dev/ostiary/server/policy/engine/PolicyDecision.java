package dev.ostiary.server.policy.engine;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Which policy and which rule apply, and why. Immutable. */
public sealed interface PolicyDecision {

    /** The policies that were looked at, in order; the last is the one that decided, if one did. */
    List<Considered> considered();

    /**
     * One applies.
     *
     * @param policy the policy
     * @param settings what it sets; empty where all is in the rule
     * @param rule the rule
     * @param actions what the rule does
     */
    record Applied(
            Candidate.Ref policy,
            Optional<ObjectNode> settings,
            Candidate.Ref rule,
            ObjectNode actions,
            List<Considered> considered)
            implements PolicyDecision {
        public Applied {
            considered = List.copyOf(considered);
        }
    }

    /** None applies. */
    record NoneApplies(List<Considered> considered) implements PolicyDecision {
        public NoneApplies {
            considered = List.copyOf(considered);
        }
    }
}
