package dev.ostiary.server.policy;

import dev.ostiary.server.policy.engine.PolicyDecision;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the policies of the type MFA_ENROLL say of the factors that a user enrols (Policy API,
 * "Multifactor policy"). Immutable.
 *
 * @param when when a user enrols by itself
 * @param by what {@code named} names
 * @param named what of each may or must be enrolled; what is not named may not
 */
public record EnrolmentDecision(When when, By by, Map<String, Self> named) {

    /** When a user is asked to enrol (schema {@code MultifactorEnrollmentPolicyRuleActions}). */
    public enum When {
        /** At the next sign-in. */
        LOGIN,
        /** Once a sign-in asks for a factor. */
        CHALLENGE,
        /** Not at sign-in. */
        NEVER
    }

    /** Two spellings of one thing (schema {@code MultifactorEnrollmentPolicySettingsType}). */
    public enum By {
        /** Names of factors, such as {@code okta_sms}. */
        FACTORS,
        /** Keys of authenticators, such as {@code phone_number}. */
        AUTHENTICATORS
    }

    /** What a user may do with one. */
    public enum Self {
        NOT_ALLOWED,
        OPTIONAL,
        REQUIRED
    }

    public EnrolmentDecision {
        named = Map.copyOf(named);
    }

    /** What may be done with what has this name. */
    public Self of(String name) {
        return named.getOrDefault(name, Self.NOT_ALLOWED);
    }

    /**
     * Reads a decision.
     *
     * @param now what has to be enrolled by a date is optional until then
     */
    static EnrolmentDecision of(PolicyDecision.Applied applied, Instant now) {
        JsonNode settings = applied.settings().orElseThrow();
        When when =
                switch (applied.actions().at("/enroll/self").asString("")) {
                    case "LOGIN" -> When.LOGIN;
                    case "CHALLENGE" -> When.CHALLENGE;
                    default -> When.NEVER;
                };
        Map<String, Self> named = new HashMap<>();
        if (settings.path("type").asString("FACTORS").equals("AUTHENTICATORS")) {
            for (JsonNode each : settings.path("authenticators")) {
                named.put(each.path("key").asString(""), self(each.path("enroll"), now));
            }
            return new EnrolmentDecision(when, By.AUTHENTICATORS, named);
        }
        settings.path("factors")
                .properties()
                .forEach(
                        each ->
                                named.put(
                                        each.getKey(), self(each.getValue().path("enroll"), now)));
        return new EnrolmentDecision(when, By.FACTORS, named);
    }

    private static Self self(JsonNode enroll, Instant now) {
        Self self = Self.valueOf(enroll.path("self").asString("NOT_ALLOWED"));
        JsonNode expiry = enroll.at("/gracePeriod/expiry");
        boolean mayWait =
                self == Self.REQUIRED
                        && expiry.isString()
                        && now.isBefore(Instant.parse(expiry.stringValue()));
        return mayWait ? Self.OPTIONAL : self;
    }
}
