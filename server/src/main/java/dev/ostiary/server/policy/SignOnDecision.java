package dev.ostiary.server.policy;

import dev.ostiary.platform.event.Target;
import dev.ostiary.server.policy.engine.Candidate;
import dev.ostiary.server.policy.engine.Considered;
import dev.ostiary.server.policy.engine.PolicyDecision;
import dev.ostiary.server.policy.kind.PolicyType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the policies of the type OKTA_SIGN_ON say of a sign-in (schema {@code
 * OktaSignOnPolicyRuleSignonActions}). Immutable.
 *
 * @param policy which policy decided
 * @param rule which of its rules decided
 * @param allowed whether the user may sign in
 * @param passwordFirst whether only with the password ({@code primaryFactor})
 * @param factor what is asked for beside the password; empty for nothing
 * @param session the session that the user gets
 * @param considered what was looked at on the way, for whoever asks why
 */
public record SignOnDecision(
        Candidate.Ref policy,
        Candidate.Ref rule,
        boolean allowed,
        boolean passwordFirst,
        Optional<Factor> factor,
        Session session,
        List<Considered> considered) {

    /** When a second factor is asked for. */
    public enum Prompt {
        /** At every sign-in. */
        ALWAYS,
        /** Once a device. */
        DEVICE,
        /** Once in a length of time. */
        SESSION
    }

    /**
     * A second factor.
     *
     * @param prompt when it is asked for
     * @param lifetime how long it is not asked for again, where that is by {@link Prompt#SESSION}
     * @param rememberByDefault whether the device is remembered unless the user says otherwise
     */
    public record Factor(Prompt prompt, Duration lifetime, boolean rememberByDefault) {}

    /**
     * A session.
     *
     * @param idle how long it lasts when nothing is done
     * @param lifetime how long it lasts at most; empty for no end
     * @param persistent whether it survives the end of the browser
     */
    public record Session(Duration idle, Optional<Duration> lifetime, boolean persistent) {}

    /** Reads a decision. */
    static SignOnDecision of(PolicyDecision.Applied applied) {
        JsonNode signOn = applied.actions().path("signon");
        JsonNode session = signOn.path("session");
        int lifetime = session.path("maxSessionLifetimeMinutes").asInt(0);
        return new SignOnDecision(
                applied.policy(),
                applied.rule(),
                signOn.path("access").asString("").equals("ALLOW"),
                signOn.path("primaryFactor").asString("").equals("PASSWORD_IDP"),
                factor(signOn),
                new Session(
                        Duration.ofMinutes(session.path("maxSessionIdleMinutes").asInt(120)),
                        lifetime == 0
                                ? Optional.empty()
                                : Optional.of(Duration.ofMinutes(lifetime)),
                        session.path("usePersistentCookie").asBoolean(false)),
                applied.considered());
    }

    private static Optional<Factor> factor(JsonNode signOn) {
        if (!signOn.path("requireFactor").asBoolean(false)) {
            return Optional.empty();
        }
        return Optional.of(
                new Factor(
                        Prompt.valueOf(signOn.path("factorPromptMode").asString("ALWAYS")),
                        Duration.ofMinutes(signOn.path("factorLifetime").asInt(0)),
                        signOn.path("rememberDeviceByDefault").asBoolean(false)));
    }

    /**
     * The policy and the rule, as the event {@code policy.evaluate_sign_on} names them (event
     * types, {@code UserAuthenticationResourceDetails}).
     */
    public List<Target> targets() {
        Map<String, @Nullable Object> ofRule = Policy.details(PolicyType.OKTA_SIGN_ON);
        ofRule.put("policyRuleFactorMode", factor.isPresent() ? "2FA" : "1FA");
        return List.of(
                new Target(
                        policy.id(),
                        "PolicyEntity",
                        "unknown",
                        policy.name(),
                        Policy.details(PolicyType.OKTA_SIGN_ON)),
                new Target(rule.id(), "PolicyRule", policy.id(), rule.name(), ofRule));
    }
}
