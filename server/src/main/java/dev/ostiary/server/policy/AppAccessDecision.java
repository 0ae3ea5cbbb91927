package dev.ostiary.server.policy;

import dev.ostiary.platform.event.Target;
import dev.ostiary.server.policy.assurance.Requirement;
import dev.ostiary.server.policy.assurance.Requirements;
import dev.ostiary.server.policy.engine.Candidate;
import dev.ostiary.server.policy.engine.Considered;
import dev.ostiary.server.policy.engine.PolicyDecision;
import dev.ostiary.server.policy.kind.PolicyType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a policy of the type ACCESS_POLICY says of somebody who wants into an app (schema {@code
 * AccessPolicyRuleApplicationSignOn}). Immutable.
 *
 * @param policy which policy decided
 * @param rule which of its rules decided
 * @param allowed whether the user may come in at all
 * @param requirement what has to be proven
 * @param inactivity after how long of doing nothing it has to be proven anew
 * @param considered what was looked at on the way, for whoever asks why
 */
public record AppAccessDecision(
        Candidate.Ref policy,
        Candidate.Ref rule,
        boolean allowed,
        Requirement requirement,
        Optional<Duration> inactivity,
        List<Considered> considered) {

    public AppAccessDecision {
        considered = List.copyOf(considered);
    }

    /** Reads a decision. */
    static AppAccessDecision of(PolicyDecision.Applied applied) {
        JsonNode signOn = applied.actions().path("appSignOn");
        return new AppAccessDecision(
                applied.policy(),
                applied.rule(),
                signOn.path("access").asString("").equals("ALLOW"),
                Requirements.of(signOn.path("verificationMethod")),
                Requirements.inactivity(signOn.path("verificationMethod")),
                applied.considered());
    }

    /** Whether every way in has more than one step. */
    private boolean isByTwo() {
        return requirement.ways().stream().allMatch(way -> way.steps().size() > 1);
    }

    /** The policy and the rule, as the event {@code policy.evaluate_sign_on} names them. */
    public List<Target> targets() {
        Map<String, @Nullable Object> ofRule =
                new HashMap<>(Policy.details(PolicyType.ACCESS_POLICY));
        ofRule.put("policyRuleFactorMode", isByTwo() ? "2FA" : "1FA");
        return List.of(
                new Target(
                        policy.id(),
                        "PolicyEntity",
                        "unknown",
                        policy.name(),
                        Policy.details(PolicyType.ACCESS_POLICY)),
                new Target(rule.id(), "PolicyRule", policy.id(), rule.name(), ofRule));
    }
}
