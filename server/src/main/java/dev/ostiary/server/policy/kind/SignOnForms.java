package dev.ostiary.server.policy.kind;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.server.policy.form.Fields;
import dev.ostiary.server.policy.form.Form;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Policies of the type OKTA_SIGN_ON: whether users get a session, with what, and how long. */
final class SignOnForms {

    private static final int MOST_MINUTES = 5_256_000;

    /** What the policy asks. */
    static final Fields CONDITIONS = Form.object().may("people", ConditionForms.policyPeople());

    /** What its rules ask. */
    static final Fields RULE_CONDITIONS =
            Form.object()
                    .filled("people", ConditionForms.people())
                    .filled("network", ConditionForms.network())
                    .filled(
                            "authContext",
                            Form.object()
                                    .with(
                                            "authType",
                                            Form.words("ANY", "LDAP_INTERFACE", "RADIUS"),
                                            "ANY"))
                    .filled("risk", Form.object().listed("behaviors", ConditionForms.IDS))
                    .filled("riskScore", ConditionForms.riskScore())
                    .filled(
                            "identityProvider",
                            Form.object()
                                    .with(
                                            "provider",
                                            Form.words("ANY", "OKTA", "SPECIFIC_IDP"),
                                            "ANY")
                                    .may("idpIds", ConditionForms.IDS));

    /** What its rules do. */
    static final Fields ACTIONS =
            Form.object()
                    .must(
                            "signon",
                            Form.object()
                                    .must("access", Form.words("ALLOW", "DENY"))
                                    .with("requireFactor", Form.FLAG, false)
                                    .may(
                                            "factorPromptMode",
                                            Form.words("ALWAYS", "DEVICE", "SESSION"))
                                    .may("factorLifetime", Form.whole(0, MOST_MINUTES))
                                    .may(
                                            "primaryFactor",
                                            Form.words("PASSWORD_IDP", "PASSWORD_IDP_ANY_FACTOR"))
                                    .with("rememberDeviceByDefault", Form.FLAG, false)
                                    .filled(
                                            "session",
                                            Form.object()
                                                    .with("usePersistentCookie", Form.FLAG, false)
                                                    .with(
                                                            "maxSessionIdleMinutes",
                                                            Form.whole(1, MOST_MINUTES),
                                                            120)
                                                    .with(
                                                            "maxSessionLifetimeMinutes",
                                                            Form.whole(0, MOST_MINUTES),
                                                            0)));

    private SignOnForms() {}

    /** What holds between the parts of a rule; it completes the action. */
    static void judge(Optional<ObjectNode> conditions, ObjectNode actions, Reading reading) {
        ObjectNode signOn = actions.path("signon").asObject();
        boolean allows = signOn.path("access").asString("").equals("ALLOW");
        Path at = Path.root("policyRule").field("actions").field("signon");
        if (signOn.path("requireFactor").asBoolean(false)) {
            if (!signOn.has("factorPromptMode")) {
                reading.wrong(at.field("factorPromptMode"), "The field cannot be left blank");
            } else if (signOn.path("factorPromptMode").asString("").equals("SESSION")
                    && !signOn.has("factorLifetime")) {
                reading.wrong(at.field("factorLifetime"), "The field cannot be left blank");
            }
        }
        if (!signOn.has("primaryFactor")) {
            signOn.put("primaryFactor", allows ? "PASSWORD_IDP_ANY_FACTOR" : "PASSWORD_IDP");
        }
        conditions
                .map(node -> node.path("identityProvider"))
                .filter(node -> node.path("provider").asString("").equals("SPECIFIC_IDP"))
                .filter(node -> node.path("idpIds").isEmpty())
                .ifPresent(
                        node ->
                                reading.wrong(
                                        Path.root("policyRule")
                                                .field("conditions")
                                                .field("identityProvider")
                                                .field("idpIds"),
                                        "The field cannot be left blank"));
    }
}
