package dev.ostiary.server.policy;

import dev.ostiary.server.policy.engine.PolicyDecision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the policies of the type MFA_ENROLL say of the factors that a user enrols (Policy API,
 * "Multifactor policy"). Immutable.
 *
 * @param when when a user enrols by itself
 * @param by what {@code named} names
 * @param named what of each may or must be enrolled; what is not named may not
 * @param graces how long each that must be enrolled may be put off; what is not named may not
 * @param keyGroups of which groups of models a security key has to be; none for any model
 * @param enrolsMail whether the address in the profile is enrolled without being asked for
 */
public record EnrolmentDecision(
        When when,
        By by,
        Map<String, Self> named,
        Map<String, Grace> graces,
        Set<String> keyGroups,
        boolean enrolsMail) {

    private static final String EMAIL = "okta_email";
    private static final String KEYS = "webauthn";

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
        graces = Map.copyOf(graces);
        keyGroups = Set.copyOf(keyGroups);
    }

    /** Nothing may be put off, any key will do, and mail is as everything else. */
    public EnrolmentDecision(When when, By by, Map<String, Self> named) {
        this(when, by, named, Map.of(), Set.of(), false);
    }

    /** What may be done with what has this name. */
    public Self of(String name) {
        return named.getOrDefault(name, Self.NOT_ALLOWED);
    }

    /** Reads a decision. */
    static EnrolmentDecision of(PolicyDecision.Applied applied) {
        JsonNode settings = applied.settings().orElseThrow();
        When when =
                switch (applied.actions().at("/enroll/self").asString("")) {
                    case "LOGIN" -> When.LOGIN;
                    case "CHALLENGE" -> When.CHALLENGE;
                    default -> When.NEVER;
                };
        if (settings.path("type").asString("FACTORS").equals("AUTHENTICATORS")) {
            return byAuthenticators(when, settings.path("authenticators"));
        }
        Map<String, Self> named = new HashMap<>();
        settings.path("factors")
                .properties()
                .forEach(each -> named.put(each.getKey(), self(each.getValue().path("enroll"))));
        return new EnrolmentDecision(when, By.FACTORS, named);
    }

    private static EnrolmentDecision byAuthenticators(When when, JsonNode authenticators) {
        Map<String, Self> named = new HashMap<>();
        Map<String, Grace> graces = new HashMap<>();
        Set<String> keyGroups = new HashSet<>();
        boolean enrolsMail = false;
        for (JsonNode each : authenticators) {
            String key = each.path("key").asString("");
            JsonNode enroll = each.path("enroll");
            named.put(key, self(enroll));
            Grace.of(enroll.path("gracePeriod")).ifPresent(grace -> graces.put(key, grace));
            if (key.equals(KEYS)) {
                each.at("/constraints/aaguidGroups")
                        .forEach(group -> keyGroups.add(group.asString("")));
            }
            enrolsMail |= key.equals(EMAIL) && enrolsItself(enroll);
        }
        return new EnrolmentDecision(when, By.AUTHENTICATORS, named, graces, keyGroups, enrolsMail);
    }

    /** Mail does, unless somebody said that it does not ({@code autoEnroll}). */
    private static boolean enrolsItself(JsonNode enroll) {
        JsonNode said = enroll.path("autoEnroll");
        return self(enroll) != Self.NOT_ALLOWED && (!said.isBoolean() || said.booleanValue());
    }

    private static Self self(JsonNode enroll) {
        return Self.valueOf(enroll.path("self").asString("NOT_ALLOWED"));
    }
}
