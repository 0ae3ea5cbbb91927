package dev.ostiary.conformance.signin;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Policies;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code policy.*}. */
record PolicyLogEvents(EventGround ground) {

    List<Told> all() {
        String evaluated = "policy.evaluate_sign_on";
        return List.of(
                Told.success("policy.lifecycle.create", "a policy is made", () -> made().policy()),
                Told.success("policy.lifecycle.update", "it is replaced", this::replaced),
                Told.success(
                        "policy.lifecycle.deactivate", "it rests", () -> policyIs("deactivate")),
                Told.success(
                        "policy.lifecycle.activate", "it works again", () -> policyIs("activate")),
                Told.success("policy.lifecycle.delete", "it goes", this::deleted),
                Told.success("policy.rule.add", "a rule is made", () -> made().rule()),
                Told.success("policy.rule.update", "it is replaced", this::ruleReplaced),
                Told.success("policy.rule.deactivate", "it rests", () -> ruleIs("deactivate")),
                Told.success("policy.rule.activate", "it works again", () -> ruleIs("activate")),
                Told.success("policy.rule.delete", "it goes", this::ruleDeleted),
                Told.success(
                        "policy.rule.invalidate",
                        "the group of a group rule is deleted",
                        this::invalidated),
                Told.success("policy.mapping.create", "a policy is mapped", this::mapped),
                evaluated("ALLOW", "{\"access\":\"ALLOW\"}", evaluated),
                evaluated(
                        "CHALLENGE",
                        "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}",
                        evaluated),
                evaluated("DENY", "{\"access\":\"DENY\"}", evaluated),
                Told.success(
                        "policy.entity_risk.evaluate", "a user is found at risk", this::atRisk),
                Told.success("policy.entity_risk.action", "and signed out for it", this::atRisk));
    }

    private Told evaluated(String result, String signOn, String type) {
        return new Told(
                "a sign-in is judged",
                type,
                result,
                "Sign-on policy evaluation resulted in " + result,
                "INFO",
                () -> {
                    String login = ground.under(signOn);
                    ground.question(login);
                    ground.users().signIn(login);
                    return login;
                });
    }

    private Http http() {
        return ground.org().http();
    }

    private Policies.Made made() {
        return ground.policies()
                .signOn(
                        Directory.id(new Directory(ground.org()).group(ground.name())),
                        ground.name(),
                        "{\"access\":\"ALLOW\"}");
    }

    private static String path(Policies.Made made) {
        return "/api/v1/policies/" + made.policy();
    }

    private static String rule(Policies.Made made) {
        return path(made) + "/rules/" + made.rule();
    }

    private String replaced() {
        Policies.Made made = made();
        ObjectNode policy = (ObjectNode) http().get(path(made)).expect(200).json();
        http().put(path(made), policy.put("description", "another")).expect(200);
        return made.policy();
    }

    private String policyIs(String what) {
        Policies.Made made = made();
        http().post(path(made) + "/lifecycle/deactivate").expect(204);
        if (what.equals("activate")) {
            http().post(path(made) + "/lifecycle/activate").expect(204);
        }
        return made.policy();
    }

    private String deleted() {
        Policies.Made made = made();
        http().delete(path(made)).expect(204);
        return made.policy();
    }

    private String ruleReplaced() {
        Policies.Made made = made();
        ObjectNode rule = (ObjectNode) http().get(rule(made)).expect(200).json();
        http().put(rule(made), rule.put("name", "another")).expect(200);
        return made.rule();
    }

    private String ruleIs(String what) {
        Policies.Made made = made();
        http().post(rule(made) + "/lifecycle/deactivate").expect(204);
        if (what.equals("activate")) {
            http().post(rule(made) + "/lifecycle/activate").expect(204);
        }
        return made.rule();
    }

    private String ruleDeleted() {
        Policies.Made made = made();
        http().delete(rule(made)).expect(204);
        return made.rule();
    }

    private String invalidated() {
        String group = Directory.id(new Directory(ground.org()).group(ground.name()));
        ObjectNode body = Json.object().put("type", "group_rule").put("name", ground.name());
        body.putObject("conditions")
                .putObject("expression")
                .put("type", "urn:okta:expression:1.0")
                .put("value", "user.title == \"Told\"");
        body.putObject("actions").putObject("assignUserToGroups").putArray("groupIds").add(group);
        String rule = http().post("/api/v1/groups/rules", body).expect(200).text("id");
        http().post("/api/v1/groups/rules/" + rule + "/lifecycle/activate").expect(204);
        http().delete("/api/v1/groups/" + group).expect(204);
        return rule;
    }

    private String mapped() {
        String policy = ground.policy("DEVICE_SIGNAL_COLLECTION");
        http().post(
                        "/api/v1/policies/" + policy + "/mappings",
                        Json.object()
                                .put("resourceId", ground.policy("ACCESS_POLICY"))
                                .put("resourceType", "ACCESS_POLICY"))
                .expect(200);
        return policy;
    }

    private String atRisk() {
        String login = ground.users().active();
        String policy =
                http().get("/api/v1/policies?type=ENTITY_RISK")
                        .expect(200)
                        .json()
                        .at("/0/id")
                        .asString();
        http().post(
                        "/api/v1/policies/" + policy + "/rules",
                        """
                        {"type":"ENTITY_RISK","name":"%s","conditions":{"people":{"users":{"include":["%s"]}},
                         "entityRisk":{"level":"HIGH"}},
                         "actions":{"entityRisk":{"actions":[{"action":"TERMINATE_ALL_SESSIONS"}]}}}"""
                                .formatted(login, ground.idOf(login)))
                .expect(200);
        http().put("/api/v1/users/" + login + "/risk", Json.object().put("riskLevel", "HIGH"))
                .expect(201);
        return login;
    }
}
