package dev.ostiary.server.policy;

import dev.ostiary.server.policy.engine.PolicyDecision;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the policies of the type PASSWORD let users do by themselves, and what becomes of lockouts
 * (Policy API, "Password policy"). Immutable.
 *
 * @param changes whether users change passwords
 * @param resets whether users replace passwords that they forgot
 * @param unlocks whether users open accounts that are locked
 * @param ways how somebody who recovers is reached
 * @param stepUp what somebody who was reached proves beside that
 * @param showsLockout whether somebody who is locked out is told so
 * @param mailsLockout whether the user is told of it by mail
 * @param mailsUnenrolled whether mail reaches somebody, too, who has not enrolled it
 */
public record PasswordDecision(
        boolean changes,
        boolean resets,
        boolean unlocks,
        Set<Reach> ways,
        StepUp stepUp,
        boolean showsLockout,
        boolean mailsLockout,
        boolean mailsUnenrolled) {

    /** Mail reaches everybody. */
    public PasswordDecision(
            boolean changes,
            boolean resets,
            boolean unlocks,
            Set<Reach> ways,
            StepUp stepUp,
            boolean showsLockout,
            boolean mailsLockout) {
        this(changes, resets, unlocks, ways, stepUp, showsLockout, mailsLockout, true);
    }

    /** How somebody who recovers is reached. */
    public enum Reach {
        EMAIL,
        SMS,
        CALL
    }

    /** What somebody who was reached proves beside that (schema {@code SsprStepUpRequirement}). */
    public enum StepUp {
        NOTHING,
        /** The answer to the recovery question, for who has one. */
        QUESTION_IF_THERE,
        /** The answer to the recovery question; who has none does not recover. */
        QUESTION,
        /** The answer, or a factor that is none of the ways by which somebody is reached. */
        ANYTHING
    }

    /** Classic names of the ways, as {@code settings.recovery.factors} has them. */
    private static final Map<Reach, String> CLASSIC =
            Map.of(Reach.EMAIL, "okta_email", Reach.SMS, "okta_sms", Reach.CALL, "okta_call");

    /** Newer names of the ways, as {@code requirement.primary.methods} has them. */
    private static final Map<Reach, String> METHODS =
            Map.of(Reach.EMAIL, "email", Reach.SMS, "sms", Reach.CALL, "voice");

    public PasswordDecision {
        ways = Set.copyOf(ways);
    }

    /** Reads a decision. A rule that says how it is done stands over the policy's settings. */
    static PasswordDecision of(PolicyDecision.Applied applied) {
        JsonNode actions = applied.actions();
        JsonNode settings = applied.settings().orElseThrow();
        JsonNode factors = settings.at("/recovery/factors");
        JsonNode lockout = settings.at("/password/lockout");
        JsonNode requirement = actions.at("/selfServicePasswordReset/requirement");
        return new PasswordDecision(
                allows(actions, "passwordChange"),
                allows(actions, "selfServicePasswordReset"),
                allows(actions, "selfServiceUnlock"),
                ways(requirement.at("/primary/methods"), factors),
                stepUp(requirement.path("stepUp"), factors.path("recovery_question")),
                lockout.path("showLockoutFailures").asBoolean(false),
                lockout.path("userLockoutNotificationChannels")
                        .valueStream()
                        .anyMatch(channel -> channel.asString("").equals("EMAIL")),
                actions.at("/selfServicePasswordReset/settings/allowRecoveryEmailWithoutEnrollment")
                        .asBoolean(true));
    }

    private static StepUp stepUp(JsonNode asked, JsonNode question) {
        if (!asked.path("required").isBoolean()) {
            return isActive(question) ? StepUp.QUESTION_IF_THERE : StepUp.NOTHING;
        }
        if (!asked.path("required").booleanValue()) {
            return StepUp.NOTHING;
        }
        return asked.path("methods").isEmpty() ? StepUp.ANYTHING : StepUp.QUESTION;
    }

    private static Set<Reach> ways(JsonNode methods, JsonNode factors) {
        List<String> named =
                methods.valueStream()
                        .map(method -> method.asString("").toLowerCase(Locale.ROOT))
                        .toList();
        Set<Reach> ways = EnumSet.noneOf(Reach.class);
        for (Reach way : Reach.values()) {
            boolean open =
                    named.isEmpty()
                            ? isActive(factors.path(String.valueOf(CLASSIC.get(way))))
                            : named.contains(METHODS.get(way));
            if (open) {
                ways.add(way);
            }
        }
        return ways;
    }

    private static boolean allows(JsonNode actions, String action) {
        return actions.path(action).path("access").asString("").equals("ALLOW");
    }

    private static boolean isActive(JsonNode factor) {
        return factor.path("status").asString("").equals("ACTIVE");
    }
}
