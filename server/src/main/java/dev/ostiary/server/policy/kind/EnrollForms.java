package dev.ostiary.server.policy.kind;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.server.policy.form.Choice;
import dev.ostiary.server.policy.form.Fields;
import dev.ostiary.server.policy.form.Form;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies of the type MFA_ENROLL: which factors or authenticators users may have, and when. */
final class EnrollForms {

    private static final Form SELF = Form.words("NOT_ALLOWED", "OPTIONAL", "REQUIRED");

    private static final List<String> FACTORS =
            List.of(
                    "duo",
                    "fido_u2f",
                    "fido_webauthn",
                    "google_otp",
                    "okta_call",
                    "okta_email",
                    "okta_otp",
                    "okta_password",
                    "okta_push",
                    "okta_question",
                    "okta_sms",
                    "hotp",
                    "rsa_token",
                    "symantec_vip",
                    "yubikey_token");

    /** What the policy asks ("Multifactor (MFA) Enrollment Policy", policy conditions). */
    static final Fields CONDITIONS =
            Form.object()
                    .may("people", ConditionForms.policyPeople())
                    .may("network", ConditionForms.network())
                    .may("app", ConditionForms.apps());

    private static final Form GRACE_PERIOD =
            Choice.of(
                    "type",
                    Map.of(
                            "BY_DATE_TIME",
                            Form.object()
                                    .must("type", Form.words("BY_DATE_TIME"))
                                    .must("expiry", Form.MOMENT),
                            "BY_SKIP_COUNT",
                            Form.object()
                                    .must("type", Form.words("BY_SKIP_COUNT"))
                                    .must("skipCount", Form.whole(1, 10))));

    private static final Fields AUTHENTICATOR =
            Form.object()
                    .must(
                            "key",
                            Form.wordsOnceCalled(
                                    Map.of("okta_phone", "phone_number"),
                                    "custom_app",
                                    "custom_otp",
                                    "duo",
                                    "external_idp",
                                    "google_otp",
                                    "okta_email",
                                    "okta_password",
                                    "okta_verify",
                                    "onprem_mfa",
                                    "phone_number",
                                    "rsa_token",
                                    "security_question",
                                    "symantec_vip",
                                    "webauthn",
                                    "yubikey_token"))
                    .may("id", Form.text(1, 64))
                    .filled(
                            "enroll",
                            Form.object()
                                    .with("self", SELF, "NOT_ALLOWED")
                                    .may("autoEnroll", Form.FLAG)
                                    .may("gracePeriod", GRACE_PERIOD))
                    .may(
                            "constraints",
                            Form.object().may("aaguidGroups", Form.list(Form.text(1, 255), 100)));

    /** What the policy sets. */
    static final Form SETTINGS =
            Choice.of(
                    "type",
                    "FACTORS",
                    Map.of(
                            "FACTORS",
                            Form.object()
                                    .may("type", Form.words("FACTORS"))
                                    .filled("factors", factors()),
                            "AUTHENTICATORS",
                            Form.object()
                                    .must("type", Form.words("AUTHENTICATORS"))
                                    .listed("authenticators", Form.list(AUTHENTICATOR, 100))));

    /** What its rules ask. */
    static final Fields RULE_CONDITIONS =
            Form.object()
                    .filled("people", ConditionForms.people())
                    .filled("network", ConditionForms.network())
                    .may("app", ConditionForms.apps());

    /** What its rules do. */
    static final Fields ACTIONS =
            Form.object()
                    .must(
                            "enroll",
                            Form.object()
                                    .must(
                                            "self",
                                            Form.words(
                                                    "CHALLENGE",
                                                    "LOGIN",
                                                    "NEVER",
                                                    "NEVER_INCLUDING_RECOVERY")));

    private EnrollForms() {}

    private static Fields factors() {
        Fields consent =
                Form.object()
                        .with("type", Form.words("NONE", "TERMS_OF_SERVICE"), "NONE")
                        .may(
                                "terms",
                                Form.object()
                                        .may("format", Form.words("TEXT", "RTF", "MARKDOWN", "URL"))
                                        .may("value", Form.text(0, 4096)));
        Fields factor =
                Form.object()
                        .filled("enroll", Form.object().with("self", SELF, "NOT_ALLOWED"))
                        .filled("consent", consent);
        Fields all = Form.object();
        for (String name : FACTORS) {
            all = all.may(name, factor);
        }
        return all;
    }

    /**
     * The settings of the default policy, and of one that is made without any: the authenticators
     * that are active in a new org (WIRE); mail only for recovery.
     */
    static ObjectNode ofDefault() {
        ObjectNode settings = Json.object().put("type", "AUTHENTICATORS");
        ArrayNode all = settings.putArray("authenticators");
        add(all, "okta_email", "NOT_ALLOWED");
        add(all, "okta_password", "REQUIRED");
        add(all, "okta_verify", "OPTIONAL");
        add(all, "phone_number", "OPTIONAL");
        add(all, "security_question", "OPTIONAL");
        return settings;
    }

    private static void add(ArrayNode all, String key, String self) {
        all.addObject().put("key", key).putObject("enroll").put("self", self);
    }

    /** What holds between the parts of a policy. */
    static void judge(ObjectNode settings, Reading reading) {
        Path at = Path.root("policy").field("settings").field("authenticators");
        List<String> named =
                settings.path("authenticators").valueStream().map(EnrollForms::name).toList();
        if (named.stream().distinct().count() < named.size()) {
            reading.wrong(at, "must name each authenticator once");
        }
        settings.path("authenticators")
                .valueStream()
                .map(each -> each.path("enroll"))
                .filter(EnrollForms::contradictsItself)
                .forEach(
                        each ->
                                reading.wrong(
                                        at.field("autoEnroll"),
                                        "can only be false where self is OPTIONAL or"
                                                + " NOT_ALLOWED"));
    }

    private static boolean contradictsItself(JsonNode enroll) {
        return enroll.path("self").asString("").equals("REQUIRED")
                && enroll.path("autoEnroll").isBoolean()
                && !enroll.path("autoEnroll").booleanValue();
    }

    private static String name(JsonNode authenticator) {
        return authenticator.path("key").asString("") + " " + authenticator.path("id").asString("");
    }
}
