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
import tools.jackson.databind.node.ObjectNode;

/** Policies of the type ACCESS_POLICY: what it takes to come into an app. */
final class AccessForms {

    private static final Form OPTIONAL_OR_REQUIRED = Form.words("OPTIONAL", "REQUIRED");

    private static final Form METHOD_OBJECTS =
            Form.listOrOne(
                    Form.object()
                            .may("id", Form.text(1, 64))
                            .must("key", Form.text(1, 255))
                            .may("method", Form.text(1, 255)),
                    100);

    private static final Form TYPES =
            Form.list(
                    Form.caseless(
                            "security_key",
                            "phone",
                            "email",
                            "password",
                            "security_question",
                            "app",
                            "federated"),
                    20);

    private static final Form METHODS =
            Form.list(
                    Form.caseless(
                            "password",
                            "security_question",
                            "sms",
                            "voice",
                            "email",
                            "push",
                            "signed_nonce",
                            "otp",
                            "totp",
                            "webauthn",
                            "duo",
                            "idp",
                            "cert"),
                    20);

    /** What its rules ask. */
    static final Fields RULE_CONDITIONS =
            Form.object()
                    .filled("people", ConditionForms.people())
                    .filled("network", ConditionForms.network())
                    .may("platform", ConditionForms.platform("MACOS"))
                    .filled("riskScore", ConditionForms.riskScore())
                    .filled("userType", ConditionForms.userType())
                    .may("device", ConditionForms.device())
                    .may("elCondition", ConditionForms.expression());

    private static final Fields ASSURANCE =
            Form.object()
                    .with("factorMode", Form.words("1FA", "2FA"), "2FA")
                    .must("type", Form.words("ASSURANCE"))
                    .may("reauthenticateIn", Form.DURATION)
                    .may("inactivityPeriod", Form.DURATION)
                    .listed(
                            "constraints",
                            Form.listOrOne(
                                    Form.object()
                                            .may("knowledge", constraint())
                                            .may("possession", possession()),
                                    100));

    /** What its rules do. */
    static final Fields ACTIONS =
            Form.object()
                    .filled(
                            "appSignOn",
                            Form.object()
                                    .with("access", Form.words("ALLOW", "DENY"), "ALLOW")
                                    .may(
                                            "verificationMethod",
                                            Choice.of(
                                                    "type",
                                                    "ASSURANCE",
                                                    Map.of(
                                                            "ASSURANCE",
                                                            ASSURANCE,
                                                            "AUTH_METHOD_CHAIN",
                                                            chains(),
                                                            "ID_PROOFING",
                                                            Form.object()
                                                                    .must(
                                                                            "type",
                                                                            Form.words(
                                                                                    "ID_PROOFING"))
                                                                    .may("id", Form.text(1, 64)))))
                                    .filled(
                                            "keepMeSignedIn",
                                            Form.object()
                                                    .with(
                                                            "postAuth",
                                                            Form.words("ALLOWED", "NOT_ALLOWED"),
                                                            "NOT_ALLOWED")
                                                    .may(
                                                            "postAuthPromptFrequency",
                                                            Form.DURATION)));

    private AccessForms() {}

    private static Fields constraint() {
        return Form.object()
                .may("types", TYPES)
                .may("methods", METHODS)
                .may("authenticationMethods", METHOD_OBJECTS)
                .may("excludedAuthenticationMethods", METHOD_OBJECTS)
                .may("required", Form.FLAG)
                .may("reauthenticateIn", Form.DURATION);
    }

    private static Fields possession() {
        return constraint()
                .may("deviceBound", OPTIONAL_OR_REQUIRED)
                .may("hardwareProtection", OPTIONAL_OR_REQUIRED)
                .may("phishingResistant", OPTIONAL_OR_REQUIRED)
                .may("userPresence", OPTIONAL_OR_REQUIRED)
                .may("userVerification", OPTIONAL_OR_REQUIRED)
                .may("userVerificationMethods", Form.list(Form.words("BIOMETRICS", "PIN"), 2));
    }

    /** A chain has at most three steps, and there are at most five (schema). */
    private static Fields chains() {
        Form methods =
                Form.list(
                        Form.object()
                                .must("key", Form.text(1, 255))
                                .must("method", Form.text(1, 255))
                                .may("id", Form.text(1, 64))
                                .may("hardwareProtection", OPTIONAL_OR_REQUIRED)
                                .may("phishingResistant", OPTIONAL_OR_REQUIRED)
                                .may("userVerification", OPTIONAL_OR_REQUIRED)
                                .may(
                                        "userVerificationMethods",
                                        Form.list(Form.words("BIOMETRICS", "PIN"), 2)),
                        100);
        Fields third = step(methods);
        Fields second = step(methods).may("next", Form.list(third, 1));
        Fields first = step(methods).may("next", Form.list(second, 1));
        return Form.object()
                .must("type", Form.words("AUTH_METHOD_CHAIN"))
                .listed("chains", Form.list(first, 5))
                .may("reauthenticateIn", Form.DURATION);
    }

    private static Fields step(Form methods) {
        return Form.object()
                .listed("authenticationMethods", methods)
                .may("reauthenticateIn", Form.DURATION);
    }

    /** The actions of a catch-all rule (WIRE). */
    static ObjectNode ofCatchAll() {
        ObjectNode actions = Json.object();
        ObjectNode signOn = actions.putObject("appSignOn").put("access", "ALLOW");
        ObjectNode method = signOn.putObject("verificationMethod");
        method.put("factorMode", "2FA").put("type", "ASSURANCE").put("reauthenticateIn", "PT12H");
        method.putArray("constraints")
                .addObject()
                .putObject("possession")
                .put("required", true)
                .put("deviceBound", "REQUIRED");
        signOn.putObject("keepMeSignedIn").put("postAuth", "NOT_ALLOWED");
        return actions;
    }

    /** What holds between the parts of a rule; it completes the action. */
    static void judge(Optional<ObjectNode> conditions, ObjectNode actions, Reading reading) {
        Path at = Path.root("policyRule");
        conditions
                .map(node -> node.path("device"))
                .filter(node -> node.has("managed"))
                .filter(node -> !node.path("registered").asBoolean(false))
                .ifPresent(
                        node ->
                                reading.wrong(
                                        at.field("conditions").field("device").field("registered"),
                                        "must be true where managed is set"));
        ObjectNode signOn = actions.path("appSignOn").asObject();
        if (!signOn.has("verificationMethod")) {
            signOn.set("verificationMethod", ASSURANCE.read(method(), at, reading).orElseThrow());
        }
        JsonNode method = signOn.path("verificationMethod");
        int mode = method.path("factorMode").asString("").equals("1FA") ? 1 : 2;
        for (JsonNode constraint : method.path("constraints")) {
            complete(constraint);
            if (constraint.size() > mode) {
                reading.wrong(
                        at.field("actions").field("appSignOn").field("verificationMethod"),
                        "must not constrain more factors than it asks for");
            }
        }
        ObjectNode keep = signOn.path("keepMeSignedIn").asObject();
        if (keep.path("postAuth").asString("").equals("ALLOWED")
                && !keep.has("postAuthPromptFrequency")) {
            keep.put("postAuthPromptFrequency", "P30D");
        }
    }

    private static ObjectNode method() {
        return Json.object().put("type", "ASSURANCE").put("reauthenticateIn", "PT2H");
    }

    /** Whether a factor is required always stands in answers (schema). */
    private static void complete(JsonNode constraint) {
        for (JsonNode factor : constraint) {
            if (!factor.has("required")) {
                factor.asObject()
                        .put("required", factor.path("excludedAuthenticationMethods").isEmpty());
            }
        }
    }
}
