package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tag Policy: every type of it. */
final class PolicyExamples implements Examples.Family {

    private static final String POLICIES = "/api/v1/policies";
    private static final String POLICY = "policyId";
    private static final String RULE = "ruleId";

    @Override
    public void say(Examples examples) {
        policies(examples);
        rules(examples);
        lists(examples);
        mappings(examples);
    }

    private static void mappings(Examples examples) {
        examples.of("listPolicyApps", stock -> Call.on(POLICY, byDefault(stock, "ACCESS_POLICY")));
        examples.of("listPolicyMappings", stock -> Call.on(POLICY, mapped(stock)[0]));
        examples.of(
                "mapResourceToPolicy",
                stock ->
                        Call.on(POLICY, made(stock, named(stock, "DEVICE_SIGNAL_COLLECTION")))
                                .body(mapping(made(stock, named(stock, "ACCESS_POLICY")))));
        examples.of("getPolicyMapping", PolicyExamples::onMapping);
        examples.of("deletePolicyResourceMapping", PolicyExamples::onMapping);
        examples.of(
                "createPolicySimulation",
                stock -> {
                    ObjectNode body =
                            Json.object()
                                    .put(
                                            "appInstance",
                                            AppExamples.make(stock, AppExamples.bookmark()));
                    body.putObject("policyContext").putObject("user").put("id", stock.staged());
                    return Call.plain().query("expand=EVALUATED,RULE").body(body);
                });
    }

    private static Call onMapping(Stock stock) {
        String[] mapped = mapped(stock);
        return Call.on(POLICY, mapped[0]).and("mappingId", mapped[1]);
    }

    private static String[] mapped(Stock stock) {
        String policy = made(stock, named(stock, "DEVICE_SIGNAL_COLLECTION"));
        String access = made(stock, named(stock, "ACCESS_POLICY"));
        stock.http().post(POLICIES + "/" + policy + "/mappings", mapping(access)).expect(200);
        return new String[] {policy, access};
    }

    private static ObjectNode mapping(String access) {
        return Json.object().put("resourceId", access).put("resourceType", "ACCESS_POLICY");
    }

    private static void policies(Examples examples) {
        examples.of("createPolicy", stock -> Call.plain().body(signOn(stock)));
        examples.of(
                "createPolicy",
                stock -> Call.plain().query("activate=false").body(password(stock)));
        examples.of("createPolicy", stock -> Call.plain().body(enrolment(stock)));
        examples.of("createPolicy", stock -> Call.plain().body(named(stock, "ACCESS_POLICY")));
        examples.of("createPolicy", stock -> Call.plain().body(named(stock, "PROFILE_ENROLLMENT")));
        examples.of(
                "createPolicy",
                stock -> Call.plain().body(named(stock, "DEVICE_SIGNAL_COLLECTION")));
        examples.of("getPolicy", stock -> Call.on(POLICY, made(stock, signOn(stock))));
        examples.of("getPolicy", stock -> Call.on(POLICY, byDefault(stock, "PASSWORD")));
        examples.of(
                "replacePolicy",
                stock -> Call.on(POLICY, made(stock, signOn(stock))).body(signOn(stock)));
        examples.of(
                "replacePolicy",
                stock -> {
                    ObjectNode policy = password(stock);
                    String id = made(stock, policy);
                    return Call.on(POLICY, id)
                            .body(policy.put("priority", 1).put("name", stock.name()));
                });
        examples.of("deletePolicy", stock -> Call.on(POLICY, made(stock, enrolment(stock))));
        examples.of(
                "clonePolicy",
                stock -> Call.on(POLICY, made(stock, named(stock, "ACCESS_POLICY"))));
        examples.of(
                "activatePolicy",
                stock -> {
                    String id = made(stock, signOn(stock));
                    stock.http().post(POLICIES + "/" + id + "/lifecycle/deactivate").expect(204);
                    return Call.on(POLICY, id);
                });
        examples.of("deactivatePolicy", stock -> Call.on(POLICY, made(stock, signOn(stock))));
    }

    private static void rules(Examples examples) {
        examples.of(
                "createPolicyRule",
                stock -> Call.on(POLICY, made(stock, signOn(stock))).body(signOnRule(stock)));
        for (String type :
                new String[] {
                    "PASSWORD",
                    "MFA_ENROLL",
                    "IDP_DISCOVERY",
                    "ENTITY_RISK",
                    "SESSION_VIOLATION_DETECTION"
                }) {
            examples.of(
                    "createPolicyRule",
                    stock -> Call.on(POLICY, byDefault(stock, type)).body(rule(stock, type)));
        }
        // no rule of the default one: the apps of other examples are opened by it
        examples.of(
                "createPolicyRule",
                stock ->
                        Call.on(POLICY, made(stock, named(stock, "ACCESS_POLICY")))
                                .body(rule(stock, "ACCESS_POLICY")));
        examples.of(
                "createPolicyRule",
                stock ->
                        Call.on(POLICY, made(stock, named(stock, "DEVICE_SIGNAL_COLLECTION")))
                                .query("activate=false")
                                .body(rule(stock, "DEVICE_SIGNAL_COLLECTION")));
        examples.of("getPolicyRule", PolicyExamples::onRule);
        examples.of("replacePolicyRule", stock -> onRule(stock).body(signOnRule(stock)));
        for (String type :
                new String[] {
                    "PROFILE_ENROLLMENT",
                    "POST_AUTH_SESSION",
                    "CLIENT_UPDATE",
                    "IDENTITY_CLAIM_SOURCING"
                }) {
            examples.of("replacePolicyRule", stock -> lastRule(stock, type));
        }
        examples.of("deletePolicyRule", PolicyExamples::onRule);
        examples.of("deactivatePolicyRule", PolicyExamples::onRule);
        examples.of(
                "activatePolicyRule",
                stock -> {
                    Call call = onRule(stock);
                    stock.http()
                            .post(
                                    POLICIES
                                            + "/"
                                            + call.variables().get(POLICY)
                                            + "/rules/"
                                            + call.variables().get(RULE)
                                            + "/lifecycle/deactivate")
                            .expect(204);
                    return call;
                });
    }

    private static void lists(Examples examples) {
        examples.of(
                "listPolicies",
                stock -> {
                    made(stock, signOn(stock));
                    return Call.plain()
                            .query("type=OKTA_SIGN_ON&status=ACTIVE&limit=1&sortBy=name");
                });
        for (String type :
                new String[] {
                    "PASSWORD",
                    "MFA_ENROLL",
                    "IDP_DISCOVERY",
                    "ACCESS_POLICY",
                    "PROFILE_ENROLLMENT",
                    "POST_AUTH_SESSION",
                    "ENTITY_RISK",
                    "SESSION_VIOLATION_DETECTION",
                    "DEVICE_SIGNAL_COLLECTION",
                    "CLIENT_UPDATE",
                    "IDENTITY_CLAIM_SOURCING"
                }) {
            examples.of("listPolicies", stock -> Call.plain().query("type=" + type));
            if (!type.equals("DEVICE_SIGNAL_COLLECTION")) {
                examples.of("listPolicyRules", stock -> Call.on(POLICY, byDefault(stock, type)));
            }
        }
        examples.of(
                "listPolicyRules",
                stock -> Call.on(POLICY, byDefault(stock, "OKTA_SIGN_ON")).query("limit=5"));
    }

    static String made(Stock stock, ObjectNode policy) {
        return stock.http().post(POLICIES, policy).expect(200).text("id");
    }

    static String byDefault(Stock stock, String type) {
        for (JsonNode policy : stock.http().get(POLICIES + "?type=" + type).expect(200).json()) {
            if (policy.path("system").asBoolean()) {
                return policy.path("id").asString();
            }
        }
        throw new AssertionError("no default policy of the type " + type);
    }

    private static Call onRule(Stock stock) {
        String policy = made(stock, signOn(stock));
        String rule =
                stock.http()
                        .post(POLICIES + "/" + policy + "/rules", signOnRule(stock))
                        .expect(200)
                        .text("id");
        return Call.on(POLICY, policy).and(RULE, rule);
    }

    /** The same again of a rule that the system has made. */
    private static Call lastRule(Stock stock, String type) {
        String policy = byDefault(stock, type);
        JsonNode rules = stock.http().get(POLICIES + "/" + policy + "/rules").expect(200).json();
        JsonNode last = rules.get(rules.size() - 1);
        ObjectNode body = Json.object().put("type", type).put("name", last.path("name").asString());
        body.set("actions", last.path("actions"));
        return Call.on(POLICY, policy).and(RULE, last.path("id").asString()).body(body);
    }

    static ObjectNode named(Stock stock, String type) {
        return Json.object()
                .put("type", type)
                .put("name", stock.name())
                .put("description", "Of the stock");
    }

    private static ObjectNode ofGroup(Stock stock, String type) {
        ObjectNode policy = named(stock, type);
        policy.putObject("conditions")
                .putObject("people")
                .putObject("groups")
                .putArray("include")
                .add(stock.group());
        return policy;
    }

    static ObjectNode signOn(Stock stock) {
        return ofGroup(stock, "OKTA_SIGN_ON");
    }

    private static ObjectNode password(Stock stock) {
        ObjectNode policy = ofGroup(stock, "PASSWORD");
        policy.putObject("settings")
                .putObject("password")
                .putObject("complexity")
                .put("minLength", 12);
        return policy;
    }

    private static ObjectNode enrolment(Stock stock) {
        ObjectNode policy = ofGroup(stock, "MFA_ENROLL");
        policy.putObject("settings")
                .put("type", "AUTHENTICATORS")
                .putArray("authenticators")
                .addObject()
                .put("key", "okta_password")
                .putObject("enroll")
                .put("self", "REQUIRED");
        return policy;
    }

    private static ObjectNode signOnRule(Stock stock) {
        ObjectNode rule = rule(stock, "SIGN_ON");
        rule.putObject("conditions")
                .putObject("people")
                .putObject("users")
                .putArray("exclude")
                .add(stock.staged());
        return rule;
    }

    private static ObjectNode rule(Stock stock, String type) {
        ObjectNode rule = Json.object().put("type", type).put("name", stock.name());
        rule.set("actions", Json.parse(actions(type)));
        return rule;
    }

    private static String actions(String type) {
        return switch (type) {
            case "SIGN_ON" ->
                    """
                    {"signon":{"access":"ALLOW","requireFactor":true,"factorPromptMode":"ALWAYS",
                     "session":{"maxSessionIdleMinutes":720}}}""";
            case "PASSWORD" ->
                    """
                    {"passwordChange":{"access":"ALLOW"},"selfServicePasswordReset":{"access":"ALLOW",
                     "requirement":{"primary":{"methods":["email"]},"stepUp":{"required":false}}}}""";
            case "MFA_ENROLL" -> "{\"enroll\":{\"self\":\"CHALLENGE\"}}";
            case "IDP_DISCOVERY" -> "{\"idp\":{\"providers\":[{\"type\":\"OKTA\"}]}}";
            case "ACCESS_POLICY" ->
                    """
                    {"appSignOn":{"access":"ALLOW","verificationMethod":{"type":"ASSURANCE",
                     "factorMode":"2FA","reauthenticateIn":"PT2H",
                     "constraints":[{"knowledge":{"types":["PASSWORD"]}}]}}}""";
            case "ENTITY_RISK" ->
                    "{\"entityRisk\":{\"actions\":[{\"action\":\"TERMINATE_ALL_SESSIONS\"}]}}";
            case "SESSION_VIOLATION_DETECTION" ->
                    "{\"sessionViolationDetection\":{\"policyEvaluation\":{\"enabled\":true}}}";
            case "DEVICE_SIGNAL_COLLECTION" ->
                    "{\"deviceSignalCollection\":{\"deviceContextProviders\":[{\"key\":\"OKTA_VERIFY\"}]}}";
            default -> throw new IllegalArgumentException(type);
        };
    }
}
