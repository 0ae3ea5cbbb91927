package dev.ostiary.server.policy;

import dev.ostiary.server.policy.engine.PolicyDecision;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a policy of the type PROFILE_ENROLLMENT says of somebody whom the org does not know (schema
 * {@code ProfileEnrollmentPolicyRuleAction}). Immutable.
 *
 * @param open whether such people may register
 * @param attributes what they are asked for
 * @param group where they get; nothing for nowhere
 * @param verifiesMail whether they prove that the mail address is theirs before they come in
 * @param hook which inline hook is asked; nothing for none
 * @param again whether users are asked at later sign-ins for what they lack
 */
public record RegistrationDecision(
        boolean open,
        List<Attribute> attributes,
        Optional<String> group,
        boolean verifiesMail,
        Optional<String> hook,
        boolean again) {

    /**
     * An attribute of the profile, or of nothing but the form.
     *
     * @param label what people call it
     */
    public record Attribute(String name, String label, boolean required) {}

    public RegistrationDecision {
        attributes = List.copyOf(attributes);
    }

    /** Reads a decision. */
    static RegistrationDecision of(PolicyDecision.Applied applied) {
        JsonNode enrols = applied.actions().path("profileEnrollment");
        return new RegistrationDecision(
                enrols.path("access").asString("").equals("ALLOW")
                        && enrols.path("unknownUserAction").asString("").equals("REGISTER"),
                enrols.path("profileAttributes")
                        .valueStream()
                        .map(
                                each ->
                                        new Attribute(
                                                each.path("name").asString(""),
                                                each.path("label").asString(""),
                                                each.path("required").asBoolean(false)))
                        .toList(),
                first(enrols.path("targetGroupIds").path(0)),
                enrols.at("/activationRequirements/emailVerification").asBoolean(false),
                first(enrols.path("preRegistrationInlineHooks").path(0).path("inlineHookId")),
                enrols.path("progressiveProfilingAction").asString("").equals("ENABLED"));
    }

    private static Optional<String> first(JsonNode text) {
        return Optional.of(text.asString("")).filter(some -> !some.isEmpty());
    }
}
