package dev.ostiary.server.policy.kind;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.server.policy.form.Choice;
import dev.ostiary.server.policy.form.Fields;
import dev.ostiary.server.policy.form.Form;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies of the types with one action or two: enrolment of profiles, sessions, risk, devices. */
final class OtherForms {

    private static final Form RISKS =
            Form.list(
                    Form.words(
                            "ADMIN_REPORTED_USER_RISK",
                            "BRUTE_FORCE_ATTACK",
                            "ENTITY_CRITICAL_ACTION_FROM_HIGH_THREAT_IP",
                            "OKTA_THREAT_INTELLIGENCE",
                            "SECURITY_EVENTS_PROVIDER_REPORTED_RISK",
                            "SESSION_INFLUENCED_USER_RISK",
                            "SUSPICIOUS_APP_ACCESS",
                            "USER_REPORTED_SUSPICIOUS_ACTIVITY"),
                    20);

    /** What a rule of PROFILE_ENROLLMENT does. */
    static final Fields ENROLL_ACTIONS =
            Form.object()
                    .must(
                            "profileEnrollment",
                            Form.object()
                                    .with("access", Form.words("ALLOW", "DENY"), "ALLOW")
                                    .orNull(
                                            "preRegistrationInlineHooks",
                                            Form.list(
                                                    Form.object()
                                                            .must("inlineHookId", Form.text(1, 64)),
                                                    1))
                                    .listed(
                                            "profileAttributes",
                                            Form.list(
                                                    Form.object()
                                                            .must("name", Form.text(1, 255))
                                                            .must("label", Form.text(1, 255))
                                                            .with("required", Form.FLAG, false),
                                                    10))
                                    .orNull("targetGroupIds", Form.list(Form.text(1, 64), 1))
                                    .with(
                                            "unknownUserAction",
                                            Form.words("DENY", "REGISTER"),
                                            "DENY")
                                    .filled(
                                            "activationRequirements",
                                            Form.object()
                                                    .with("emailVerification", Form.FLAG, false))
                                    .may("uiSchemaId", Form.text(1, 64))
                                    .may(
                                            "enrollAuthenticatorTypes",
                                            Form.list(Form.words("password"), 1))
                                    .may("allowedIdentifiers", Form.list(Form.text(1, 255), 10))
                                    .with(
                                            "progressiveProfilingAction",
                                            Form.words("ENABLED", "DISABLED"),
                                            "DISABLED"));

    /** What a rule of POST_AUTH_SESSION asks. */
    static final Fields POST_AUTH_CONDITIONS =
            Form.object().filled("people", ConditionForms.people());

    /** What a rule of POST_AUTH_SESSION does. */
    static final Fields POST_AUTH_ACTIONS =
            Form.object()
                    .filled(
                            "postAuthSession",
                            Form.object()
                                    .listed("failureActions", answers("TERMINATE_SESSION", 2)));

    /** What a rule of ENTITY_RISK asks. */
    static final Fields RISK_CONDITIONS =
            Form.object()
                    .filled("people", ConditionForms.people())
                    .filled("entityRisk", ConditionForms.riskScore())
                    .may(
                            "riskDetectionTypes",
                            Form.object().may("include", RISKS).may("exclude", RISKS));

    /** What a rule of ENTITY_RISK does. */
    static final Fields RISK_ACTIONS =
            Form.object()
                    .filled(
                            "entityRisk",
                            Form.object().listed("actions", answers("TERMINATE_ALL_SESSIONS", 1)));

    /** What a rule of SESSION_VIOLATION_DETECTION asks. */
    static final Fields VIOLATION_CONDITIONS =
            Form.object()
                    .filled("network", ConditionForms.network())
                    .filled(
                            "riskScore",
                            Form.object()
                                    .with(
                                            "minRiskLevel",
                                            Form.words("LOW", "MEDIUM", "HIGH"),
                                            "LOW"));

    /** What a rule of SESSION_VIOLATION_DETECTION does. */
    static final Fields VIOLATION_ACTIONS =
            Form.object()
                    .filled(
                            "sessionViolationDetection",
                            Form.object()
                                    .filled(
                                            "policyEvaluation",
                                            Form.object().with("enabled", Form.FLAG, true)));

    /** What a rule of DEVICE_SIGNAL_COLLECTION asks. */
    static final Fields DEVICE_CONDITIONS =
            Form.object()
                    .filled("network", ConditionForms.network())
                    .may("platform", ConditionForms.platform("MACOS"));

    /** What a rule of DEVICE_SIGNAL_COLLECTION does. */
    static final Fields DEVICE_ACTIONS =
            Form.object()
                    .must(
                            "deviceSignalCollection",
                            Form.object()
                                    .listed(
                                            "deviceContextProviders",
                                            Form.list(
                                                    Form.object()
                                                            .may("id", Form.text(1, 64))
                                                            .must(
                                                                    "key",
                                                                    Form.words(
                                                                            "OKTA_VERIFY",
                                                                            "CHROME_DEVICE_TRUST",
                                                                            "DEVICE_POSTURE_IDP"))
                                                            .may(
                                                                    "userIdentification",
                                                                    Form.words("ALLOW", "IGNORE")),
                                                    10)));

    /** What a rule of CLIENT_UPDATE does. */
    static final Fields UPDATE_ACTIONS =
            Form.object()
                    .filled(
                            "updateControls",
                            Form.object()
                                    .listed(
                                            "actions",
                                            Form.list(
                                                    Form.object()
                                                            .must(
                                                                    "action",
                                                                    Form.words(
                                                                            "OKTA_VERIFY_UPDATE"))
                                                            .must(
                                                                    "value",
                                                                    Form.words(
                                                                            "ALLOW",
                                                                            "HOTFIX_ONLY",
                                                                            "DENY")),
                                                    1)));

    /** What a rule of IDENTITY_CLAIM_SOURCING does. */
    static final Fields CLAIM_ACTIONS =
            Form.object()
                    .filled(
                            "claimSourcing",
                            Form.object()
                                    .with(
                                            "redirectType",
                                            Form.words("IDP_DISCOVERY"),
                                            "IDP_DISCOVERY")
                                    .may(
                                            "refresh",
                                            Form.object()
                                                    .must(
                                                            "redirectType",
                                                            Form.words("NONE", "FIXED"))
                                                    .may(
                                                            "filter",
                                                            Form.object()
                                                                    .listed(
                                                                            "include",
                                                                            Form.list(
                                                                                    Form.object()
                                                                                            .must(
                                                                                                    "id",
                                                                                                    Form
                                                                                                            .text(
                                                                                                                    1,
                                                                                                                    64))
                                                                                            .may(
                                                                                                    "name",
                                                                                                    Form
                                                                                                            .text(
                                                                                                                    0,
                                                                                                                    255)),
                                                                                    100)))));

    private OtherForms() {}

    /** What is done when something is wrong with a session or a user. */
    private static Form answers(String termination, int most) {
        return Form.list(
                Choice.of(
                        "action",
                        Map.of(
                                "RUN_WORKFLOW",
                                Form.object()
                                        .must("action", Form.words("RUN_WORKFLOW"))
                                        .must(
                                                "workflow",
                                                Form.object()
                                                        .must(
                                                                "id",
                                                                Form.whole(0, Integer.MAX_VALUE))),
                                termination,
                                Form.object().must("action", Form.words(termination)))),
                most);
    }

    /** The actions of the rule of a PROFILE_ENROLLMENT policy that nobody has touched. */
    static ObjectNode ofEnrolment() {
        ObjectNode enrollment = Json.object().put("access", "ALLOW");
        ArrayNode attributes = enrollment.putArray("profileAttributes");
        attribute(attributes, "email", "Email");
        attribute(attributes, "firstName", "First name");
        attribute(attributes, "lastName", "Last name");
        enrollment.putObject("activationRequirements").put("emailVerification", true);
        ObjectNode given = Json.object();
        given.set("profileEnrollment", enrollment);
        Reading reading = new Reading();
        Optional<JsonNode> whole = ENROLL_ACTIONS.read(given, Path.root("actions"), reading);
        reading.finish();
        return whole.orElseThrow().asObject();
    }

    private static void attribute(ArrayNode all, String name, String label) {
        all.addObject().put("name", name).put("label", label).put("required", true);
    }

    /** Kinds of risk are either included or excluded (schema). */
    static void judgeRisk(Optional<ObjectNode> conditions, Reading reading) {
        conditions
                .map(node -> node.path("riskDetectionTypes"))
                .filter(node -> node.has("include") && node.has("exclude"))
                .ifPresent(
                        node ->
                                reading.wrong(
                                        Path.root("policyRule")
                                                .field("conditions")
                                                .field("riskDetectionTypes"),
                                        "can include or exclude, but not both"));
    }
}
