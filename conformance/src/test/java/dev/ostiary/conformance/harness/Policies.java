package dev.ostiary.conformance.harness;

import tools.jackson.databind.node.ObjectNode;

/** Policies for one group, made in one line where a suite needs them. */
public final class Policies {

    private final Http http;

    public Policies(Org org) {
        this(org.http());
    }

    public Policies(Http http) {
        this.http = http;
    }

    /**
     * A policy and its rule.
     *
     * @param policy id of the policy
     * @param rule id of its rule
     */
    public record Made(String policy, String rule) {}

    /**
     * A sign-on policy.
     *
     * @param signOn the action
     */
    public Made signOn(String group, String name, String signOn) {
        return signOn(group, name, signOn, "{}");
    }

    /**
     * A sign-on policy whose rule asks for something.
     *
     * @param signOn the action
     * @param conditions of the rule
     */
    public Made signOn(String group, String name, String signOn, String conditions) {
        return made(
                body("OKTA_SIGN_ON", group, name),
                "SIGN_ON",
                "{\"signon\":" + signOn + "}",
                conditions);
    }

    /**
     * An enrolment policy by the names of factors.
     *
     * @param factors their settings
     * @param when {@code LOGIN}, {@code CHALLENGE} or {@code NEVER}
     */
    public Made enrolment(String group, String name, String factors, String when) {
        ObjectNode policy = body("MFA_ENROLL", group, name);
        policy.putObject("settings").put("type", "FACTORS").set("factors", Json.parse(factors));
        return made(policy, "MFA_ENROLL", "{\"enroll\":{\"self\":\"" + when + "\"}}", "{}");
    }

    /**
     * An enrolment policy by the keys of authenticators, for the next sign-in.
     *
     * @param authenticators an array
     */
    public Made authenticators(String group, String name, String authenticators) {
        ObjectNode policy = body("MFA_ENROLL", group, name);
        policy.putObject("settings")
                .put("type", "AUTHENTICATORS")
                .set("authenticators", Json.parse(authenticators));
        return made(policy, "MFA_ENROLL", "{\"enroll\":{\"self\":\"LOGIN\"}}", "{}");
    }

    /**
     * A password policy.
     *
     * @param settings what it sets
     * @param actions of its rule
     */
    public Made password(String group, String name, String settings, String actions) {
        ObjectNode policy = body("PASSWORD", group, name);
        policy.set("settings", Json.parse(settings));
        return made(policy, "PASSWORD", actions, "{}");
    }

    /** A password policy that lets its users do everything by themselves. */
    public Made lettingUnlock(String group, String name) {
        return password(
                group,
                name,
                "{}",
                """
                {"passwordChange":{"access":"ALLOW"},
                 "selfServicePasswordReset":{"access":"ALLOW"},
                 "selfServiceUnlock":{"access":"ALLOW"}}""");
    }

    /** First of all, so that nobody else's policy comes before it. */
    private static ObjectNode body(String type, String group, String name) {
        ObjectNode policy = Json.object().put("type", type).put("name", name).put("priority", 1);
        policy.putObject("conditions")
                .putObject("people")
                .putObject("groups")
                .putArray("include")
                .add(group);
        return policy;
    }

    private Made made(ObjectNode policy, String ruleType, String actions, String conditions) {
        String id = http.post("/api/v1/policies", policy).expect(200).text("id");
        ObjectNode rule = Json.object().put("type", ruleType).put("name", "rule");
        rule.set("actions", Json.parse(actions));
        rule.set("conditions", Json.parse(conditions));
        return new Made(
                id, http.post("/api/v1/policies/" + id + "/rules", rule).expect(200).text("id"));
    }
}
