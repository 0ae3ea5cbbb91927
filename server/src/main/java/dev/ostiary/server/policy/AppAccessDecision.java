package dev.ostiary.server.policy;

import dev.ostiary.platform.event.Target;
import dev.ostiary.server.policy.engine.Candidate;
import dev.ostiary.server.policy.engine.Considered;
import dev.ostiary.server.policy.engine.PolicyDecision;
import dev.ostiary.server.policy.kind.PolicyType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a policy of the type ACCESS_POLICY says of somebody who wants into an app (schemas {@code
 * AccessPolicyRuleApplicationSignOn} and {@code AssuranceMethod}). Immutable.
 *
 * @param policy which policy decided
 * @param rule which of its rules decided
 * @param allowed whether the user may come in at all
 * @param two whether by two factors
 * @param constraints what the factors have to be; one of them has to be met, if there are any
 * @param again how old a proof may be; empty for as old as the session
 * @param considered what was looked at on the way, for whoever asks why
 */
public record AppAccessDecision(
        Candidate.Ref policy,
        Candidate.Ref rule,
        boolean allowed,
        boolean two,
        List<Constraint> constraints,
        Optional<Duration> again,
        List<Considered> considered) {

    private static final String TWO = "mfa";

    /** What factors that somebody has and is known to hold leave in {@code amr} (RFC 8176). */
    private static final List<String> BOUND = List.of("otp", "swk", "hwk");

    /**
     * What one way in asks of factors.
     *
     * @param knowledge whether something that the user knows
     * @param possession whether something that the user has
     * @param bound whether that is bound to a device
     * @param hardware whether it withstands phishing, or a thief of files
     */
    public record Constraint(
            boolean knowledge, boolean possession, boolean bound, boolean hardware) {

        private static Constraint of(JsonNode constraint) {
            JsonNode possession = constraint.path("possession");
            return new Constraint(
                    asks(constraint.path("knowledge")),
                    asks(possession),
                    isRequired(possession, "deviceBound"),
                    isRequired(possession, "phishingResistant")
                            || isRequired(possession, "hardwareProtection"));
        }

        private static boolean asks(JsonNode factor) {
            return factor.path("required").asBoolean(!factor.isEmpty());
        }

        private static boolean isRequired(JsonNode factor, String what) {
            return factor.path(what).asString("").equals("REQUIRED");
        }

        private boolean isMet(List<String> amr) {
            boolean knows = amr.contains("pwd") || amr.contains("kba");
            return (!knowledge || knows)
                    && (!possession || amr.contains(TWO))
                    && (!bound || BOUND.stream().anyMatch(amr::contains))
                    && (!hardware || amr.contains("hwk"));
        }
    }

    public AppAccessDecision {
        constraints = List.copyOf(constraints);
    }

    /** Reads a decision. Identity proofing, which nobody here does, is never met. */
    static AppAccessDecision of(PolicyDecision.Applied applied) {
        JsonNode signOn = applied.actions().path("appSignOn");
        JsonNode method = signOn.path("verificationMethod");
        boolean proofing = method.path("type").asString("").equals("ID_PROOFING");
        return new AppAccessDecision(
                applied.policy(),
                applied.rule(),
                signOn.path("access").asString("").equals("ALLOW") && !proofing,
                method.path("factorMode").asString("").equals("2FA") || isChained(method),
                method.path("constraints").valueStream().map(Constraint::of).toList(),
                Optional.of(method.path("reauthenticateIn").asString(""))
                        .filter(text -> !text.isEmpty())
                        .map(Duration::parse),
                applied.considered());
    }

    /** Whether every chain of methods has a second step. */
    private static boolean isChained(JsonNode method) {
        JsonNode chains = method.path("chains");
        return !chains.isEmpty()
                && chains.valueStream().noneMatch(chain -> chain.path("next").isEmpty());
    }

    /** Whether these methods are enough. */
    public boolean isMetBy(List<String> amr) {
        return (!two || amr.contains(TWO))
                && (constraints.isEmpty()
                        || constraints.stream().anyMatch(each -> each.isMet(amr)));
    }

    /** Whether a proof of that moment still counts. */
    public boolean isYoung(Instant proven, Instant now) {
        return again.map(longest -> !proven.plus(longest).isBefore(now)).orElse(true);
    }

    /** The policy and the rule, as the event {@code policy.evaluate_sign_on} names them. */
    public List<Target> targets() {
        Map<String, @Nullable Object> ofRule =
                new HashMap<>(Policy.details(PolicyType.ACCESS_POLICY));
        ofRule.put("policyRuleFactorMode", two ? "2FA" : "1FA");
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
