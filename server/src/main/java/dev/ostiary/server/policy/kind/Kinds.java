package dev.ostiary.server.policy.kind;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.server.policy.form.Fields;
import dev.ostiary.server.policy.form.Form;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** The table of kinds: each type with its forms. */
final class Kinds {

    private static final Map<PolicyType, PolicyKind> ALL = all();

    private Kinds() {}

    static PolicyKind of(PolicyType type) {
        return Objects.requireNonNull(ALL.get(type));
    }

    private static Map<PolicyType, PolicyKind> all() {
        Map<PolicyType, PolicyKind> kinds = new EnumMap<>(PolicyType.class);
        for (PolicyType type : PolicyType.values()) {
            kinds.put(type, kind(type));
        }
        return kinds;
    }

    private static PolicyKind kind(PolicyType type) {
        return switch (type) {
            case OKTA_SIGN_ON ->
                    new PolicyKind(
                            Optional.of(SignOnForms.CONDITIONS),
                            Optional.empty(),
                            Optional.of(SignOnForms.RULE_CONDITIONS),
                            SignOnForms.ACTIONS,
                            Json::object,
                            Json::object,
                            () -> Json.object("{\"signon\":{\"access\":\"ALLOW\"}}"),
                            Kinds::anySettings,
                            SignOnForms::judge);
            case PASSWORD ->
                    new PolicyKind(
                            Optional.of(PasswordForms.CONDITIONS),
                            Optional.of(PasswordForms.SETTINGS),
                            Optional.of(PasswordForms.RULE_CONDITIONS),
                            PasswordForms.ACTIONS,
                            PasswordForms.SETTINGS::standard,
                            PasswordForms::ofDefault,
                            () ->
                                    Json.object(
                                            """
                                            {"passwordChange":{"access":"ALLOW"},
                                             "selfServicePasswordReset":{"access":"ALLOW"},
                                             "selfServiceUnlock":{"access":"DENY"}}"""),
                            PasswordForms::judge,
                            PasswordForms::judge);
            case MFA_ENROLL ->
                    new PolicyKind(
                            Optional.of(EnrollForms.CONDITIONS),
                            Optional.of(EnrollForms.SETTINGS),
                            Optional.of(EnrollForms.RULE_CONDITIONS),
                            EnrollForms.ACTIONS,
                            EnrollForms::ofDefault,
                            EnrollForms::ofDefault,
                            () -> Json.object("{\"enroll\":{\"self\":\"CHALLENGE\"}}"),
                            EnrollForms::judge,
                            Kinds::anyRule);
            case IDP_DISCOVERY ->
                    rulesOnly(
                            RoutingForms.RULE_CONDITIONS,
                            RoutingForms.ACTIONS,
                            RoutingForms::ofDefault,
                            RoutingForms::judge);
            case ACCESS_POLICY ->
                    rulesOnly(
                            AccessForms.RULE_CONDITIONS,
                            AccessForms.ACTIONS,
                            AccessForms::ofCatchAll,
                            AccessForms::judge);
            case POST_AUTH_SESSION ->
                    rulesOnly(
                            OtherForms.POST_AUTH_CONDITIONS,
                            OtherForms.POST_AUTH_ACTIONS,
                            Json::object,
                            Kinds::anyRule);
            case ENTITY_RISK ->
                    rulesOnly(
                            OtherForms.RISK_CONDITIONS,
                            OtherForms.RISK_ACTIONS,
                            Json::object,
                            (conditions, actions, reading) ->
                                    OtherForms.judgeRisk(conditions, reading));
            case SESSION_VIOLATION_DETECTION ->
                    rulesOnly(
                            OtherForms.VIOLATION_CONDITIONS,
                            OtherForms.VIOLATION_ACTIONS,
                            Json::object,
                            Kinds::anyRule);
            case DEVICE_SIGNAL_COLLECTION ->
                    rulesOnly(
                            OtherForms.DEVICE_CONDITIONS,
                            OtherForms.DEVICE_ACTIONS,
                            () -> Json.object("{\"deviceSignalCollection\":{}}"),
                            Kinds::anyRule);
            case PROFILE_ENROLLMENT ->
                    actionsOnly(OtherForms.ENROLL_ACTIONS, OtherForms::ofEnrolment);
            case CLIENT_UPDATE -> actionsOnly(OtherForms.UPDATE_ACTIONS, Json::object);
            case IDENTITY_CLAIM_SOURCING -> actionsOnly(OtherForms.CLAIM_ACTIONS, Json::object);
        };
    }

    private static PolicyKind rulesOnly(
            Fields conditions,
            Fields actions,
            Supplier<ObjectNode> standard,
            PolicyKind.RuleJudge judge) {
        return new PolicyKind(
                Optional.empty(),
                Optional.<Form>empty(),
                Optional.of(conditions),
                actions,
                Json::object,
                Json::object,
                standard,
                Kinds::anySettings,
                judge);
    }

    private static PolicyKind actionsOnly(Fields actions, Supplier<ObjectNode> standard) {
        return new PolicyKind(
                Optional.empty(),
                Optional.<Form>empty(),
                Optional.empty(),
                actions,
                Json::object,
                Json::object,
                standard,
                Kinds::anySettings,
                Kinds::anyRule);
    }

    private static void anySettings(ObjectNode settings, Reading reading) {
        // nothing holds between its parts
    }

    private static void anyRule(
            Optional<ObjectNode> conditions, ObjectNode actions, Reading reading) {
        // nothing holds between its parts
    }
}
