package dev.ostiary.server.policy.kind;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.policy.form.Fields;
import dev.ostiary.server.policy.form.Form;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies of the type PASSWORD: what passwords are like, and how they are recovered. */
final class PasswordForms {

    private static final int LONGEST_PASSWORD = 72;
    private static final int SHORTEST_PASSWORD = 4;
    private static final int MOST_DAYS = 3650;
    private static final int MOST_MINUTES = 5_256_000;

    /** Answers to recovery questions are longer than this nowhere. */
    private static final int LONGEST_ANSWER = 100;

    private static final Form ACCESS = Form.words("ALLOW", "DENY");
    private static final Form STATUS = Form.words("ACTIVE", "INACTIVE");

    /** What the policy asks. */
    static final Fields CONDITIONS =
            Form.object()
                    .may("people", ConditionForms.policyPeople())
                    .filled(
                            "authProvider",
                            Form.object()
                                    .with(
                                            "provider",
                                            Form.words("ACTIVE_DIRECTORY", "ANY", "LDAP", "OKTA"),
                                            "OKTA")
                                    .may("include", ConditionForms.IDS));

    private static final Fields COMPLEXITY =
            Form.object()
                    .with("minLength", Form.whole(SHORTEST_PASSWORD, LONGEST_PASSWORD), 8)
                    .with("minLowerCase", Form.whole(0, LONGEST_PASSWORD), 1)
                    .with("minUpperCase", Form.whole(0, LONGEST_PASSWORD), 1)
                    .with("minNumber", Form.whole(0, LONGEST_PASSWORD), 1)
                    .with("minSymbol", Form.whole(0, LONGEST_PASSWORD), 1)
                    .with("excludeUsername", Form.FLAG, true)
                    .filled(
                            "dictionary",
                            Form.object()
                                    .filled(
                                            "common",
                                            Form.object().with("exclude", Form.FLAG, false)))
                    .listed("excludeAttributes", Form.list(Form.words("firstName", "lastName"), 2))
                    .may("maxConsecutiveCharacters", Form.whole(1, LONGEST_PASSWORD))
                    .may("oelStatement", Form.text(0, 16_384));

    private static final Fields PASSWORD =
            Form.object()
                    .filled("complexity", COMPLEXITY)
                    .filled(
                            "age",
                            Form.object()
                                    .with("maxAgeDays", Form.whole(0, MOST_DAYS), 0)
                                    .with("expireWarnDays", Form.whole(0, MOST_DAYS), 0)
                                    .with("minAgeMinutes", Form.whole(0, MOST_MINUTES), 0)
                                    .with("historyCount", Form.whole(0, 30), 0))
                    .filled(
                            "lockout",
                            Form.object()
                                    .with("maxAttempts", Form.whole(0, 100), 10)
                                    .with("autoUnlockMinutes", Form.whole(0, MOST_MINUTES), 0)
                                    .listed(
                                            "userLockoutNotificationChannels",
                                            Form.list(Form.words("EMAIL"), 1))
                                    .with("showLockoutFailures", Form.FLAG, false))
                    .may(
                            "breachedProtection",
                            Form.object()
                                    .orNull("delegatedWorkflowId", Form.text(0, 255))
                                    .orNull("expireAfterDays", Form.whole(0, 10))
                                    .with("logoutEnabled", Form.FLAG, false));

    private static final Fields RECOVERY_FACTORS =
            Form.object()
                    .filled(
                            "recovery_question",
                            Form.object()
                                    .with("status", STATUS, "ACTIVE")
                                    .filled(
                                            "properties",
                                            Form.object()
                                                    .filled(
                                                            "complexity",
                                                            Form.object()
                                                                    .with(
                                                                            "minLength",
                                                                            Form.whole(
                                                                                    1,
                                                                                    LONGEST_ANSWER),
                                                                            4))))
                    .filled(
                            "okta_email",
                            Form.object()
                                    .with("status", STATUS, "ACTIVE")
                                    .filled(
                                            "properties",
                                            Form.object()
                                                    .filled(
                                                            "recoveryToken",
                                                            Form.object()
                                                                    .with(
                                                                            "tokenLifetimeMinutes",
                                                                            Form.whole(
                                                                                    1,
                                                                                    MOST_MINUTES),
                                                                            10_080))))
                    .filled("okta_sms", Form.object().with("status", STATUS, "INACTIVE"))
                    .filled("okta_call", Form.object().with("status", STATUS, "INACTIVE"));

    /** What the policy sets. */
    static final Fields SETTINGS =
            Form.object()
                    .filled("password", PASSWORD)
                    .filled("recovery", Form.object().filled("factors", RECOVERY_FACTORS))
                    .filled(
                            "delegation",
                            Form.object()
                                    .filled(
                                            "options",
                                            Form.object().with("skipUnlock", Form.FLAG, false)));

    /** What its rules ask. */
    static final Fields RULE_CONDITIONS =
            Form.object()
                    .filled("people", ConditionForms.people())
                    .filled("network", ConditionForms.network());

    private static final Fields REQUIREMENT =
            Form.object()
                    .may("accessControl", Form.words("AUTH_POLICY", "LEGACY"))
                    .must(
                            "primary",
                            Form.object()
                                    .listed(
                                            "methods",
                                            Form.list(
                                                    Form.anyCase(
                                                            "push", "sms", "voice", "email", "otp"),
                                                    5))
                                    .may(
                                            "methodConstraints",
                                            Form.list(
                                                    Form.object()
                                                            .must("method", Form.anyCase("otp"))
                                                            .listed(
                                                                    "allowedAuthenticators",
                                                                    Form.list(
                                                                            Form.object()
                                                                                    .must(
                                                                                            "key",
                                                                                            Form
                                                                                                    .words(
                                                                                                            "google_otp")),
                                                                            1)),
                                                    1)))
                    .must(
                            "stepUp",
                            Form.object()
                                    .must("required", Form.FLAG)
                                    .may(
                                            "methods",
                                            Form.list(Form.anyCase("security_question"), 1)));

    /** What its rules do. */
    static final Fields ACTIONS =
            Form.object()
                    .filled("passwordChange", Form.object().with("access", ACCESS, "DENY"))
                    .filled(
                            "selfServicePasswordReset",
                            Form.object()
                                    .with("access", ACCESS, "DENY")
                                    .may("requirement", REQUIREMENT)
                                    .may(
                                            "settings",
                                            Form.object()
                                                    .may(
                                                            "allowRecoveryEmailWithoutEnrollment",
                                                            Form.FLAG)))
                    .filled("selfServiceUnlock", Form.object().with("access", ACCESS, "DENY"));

    private PasswordForms() {}

    /** The settings of the default policy (WIRE, "Password default"). */
    static ObjectNode ofDefault() {
        ObjectNode settings = SETTINGS.standard();
        settings.at("/password/complexity").asObject().put("minSymbol", 0);
        settings.at("/password/age").asObject().put("historyCount", 4);
        settings.at("/recovery/factors/okta_email/properties/recoveryToken")
                .asObject()
                .put("tokenLifetimeMinutes", 60);
        return settings;
    }

    /** What holds between the parts of a policy. */
    static void judge(ObjectNode settings, Reading reading) {
        Path at = Path.root("policy").field("settings").field("password");
        JsonNode complexity = settings.at("/password/complexity");
        int asked =
                complexity.path("minLowerCase").asInt()
                        + complexity.path("minUpperCase").asInt()
                        + complexity.path("minNumber").asInt()
                        + complexity.path("minSymbol").asInt();
        if (asked > LONGEST_PASSWORD) {
            reading.wrong(at.field("complexity"), "asks for more characters than a password has");
        }
        judgeCondition(complexity.path("oelStatement"), at.field("complexity"), reading);
        JsonNode age = settings.at("/password/age");
        int maxAge = age.path("maxAgeDays").asInt();
        if (maxAge > 0 && age.path("expireWarnDays").asInt() > maxAge) {
            reading.wrong(at.field("age").field("expireWarnDays"), "must be at most maxAgeDays");
        }
        if (maxAge > 0 && age.path("minAgeMinutes").asInt() >= maxAge * 1440) {
            reading.wrong(at.field("age").field("minAgeMinutes"), "must be less than maxAgeDays");
        }
        JsonNode breached = settings.at("/password/breachedProtection");
        if (breached.path("logoutEnabled").asBoolean(false)
                && breached.path("expireAfterDays").isNull()) {
            reading.wrong(
                    at.field("breachedProtection").field("expireAfterDays"),
                    "The field cannot be left blank");
        }
    }

    private static void judgeCondition(JsonNode condition, Path at, Reading reading) {
        if (condition.asString("").isBlank()) {
            return;
        }
        try {
            Expression.condition(condition.asString(), Scope.ofPasswords());
        } catch (InvalidExpression e) {
            reading.wrong(at.field("oelStatement"), String.valueOf(e.getMessage()));
        }
    }

    /** What holds between the parts of a rule. */
    static void judge(Optional<ObjectNode> conditions, ObjectNode actions, Reading reading) {
        JsonNode requirement = actions.at("/selfServicePasswordReset/requirement");
        Path at =
                Path.root("policyRule")
                        .field("actions")
                        .field("selfServicePasswordReset")
                        .field("requirement");
        if (!requirement.at("/stepUp/required").asBoolean(true)
                && !requirement.at("/stepUp/methods").isEmpty()) {
            reading.wrong(
                    at.field("stepUp").field("methods"), "can be set only where it is required");
        }
        boolean otp =
                requirement
                        .at("/primary/methods")
                        .valueStream()
                        .anyMatch(method -> method.asString("").equals("otp"));
        if (otp && requirement.at("/primary/methodConstraints").isEmpty()) {
            reading.wrong(
                    at.field("primary").field("methodConstraints"),
                    "otp has to be limited to google_otp");
        }
    }
}
