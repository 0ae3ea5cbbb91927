package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** The tag AuthorizationServer and its siblings. */
final class AuthorizationServerExamples implements Examples.Family {

    static final String SERVERS = "/api/v1/authorizationServers";
    private static final String SERVER = "authServerId";
    private static final String DEFAULT = "default";

    @Override
    public void say(Examples examples) {
        servers(examples);
        keys(examples);
        scopesAndClaims(examples);
        policies(examples);
        rules(examples);
        resourceKeys(examples);
        trust(examples);
    }

    private static void servers(Examples examples) {
        examples.of("listAuthorizationServers", stock -> Call.plain().query("limit=1"));
        examples.of("listAuthorizationServers", stock -> Call.plain().query("q=default"));
        examples.of("createAuthorizationServer", stock -> Call.plain().body(server(stock)));
        examples.of(
                "createAuthorizationServer",
                stock -> {
                    ObjectNode encrypting =
                            server(stock)
                                    .put("accessTokenEncryptedResponseAlgorithm", "RSA-OAEP-256");
                    encrypting
                            .putObject("jwks")
                            .putArray("keys")
                            .add(resourceKey(stock).put("status", "ACTIVE"));
                    return Call.plain().body(encrypting);
                });
        examples.of("getAuthorizationServer", stock -> Call.on(SERVER, made(stock)));
        examples.of("getAuthorizationServer", stock -> Call.on(SERVER, byDefault(stock)));
        examples.of(
                "replaceAuthorizationServer",
                stock -> Call.on(SERVER, made(stock)).body(server(stock)));
        examples.of("deleteAuthorizationServer", stock -> Call.on(SERVER, made(stock)));
        examples.of(
                "activateAuthorizationServer",
                stock -> {
                    String id = made(stock);
                    stock.http().post(SERVERS + "/" + id + "/lifecycle/deactivate").expect(204);
                    return Call.on(SERVER, id);
                });
        examples.of("deactivateAuthorizationServer", stock -> Call.on(SERVER, made(stock)));
    }

    private static void keys(Examples examples) {
        examples.isNoId("keyId");
        examples.of("listAuthorizationServerKeys", stock -> Call.on(SERVER, byDefault(stock)));
        examples.of(
                "getAuthorizationServerKey",
                stock -> {
                    String server = byDefault(stock);
                    return Call.on(SERVER, server)
                            .and(
                                    "keyId",
                                    stock.http()
                                            .get(SERVERS + "/" + server + "/credentials/keys")
                                            .expect(200)
                                            .json()
                                            .get(0)
                                            .get("kid")
                                            .asString());
                });
        examples.of(
                "rotateAuthorizationServerKeys",
                stock -> Call.on(SERVER, byDefault(stock)).body("{\"use\":\"sig\"}"));
    }

    private static void scopesAndClaims(Examples examples) {
        examples.of(
                "listOAuth2Scopes",
                stock -> Call.on(SERVER, byDefault(stock)).query("filter=name+eq+%22openid%22"));
        examples.of("listOAuth2Scopes", stock -> Call.on(SERVER, byDefault(stock)));
        examples.of(
                "createOAuth2Scope", stock -> Call.on(SERVER, byDefault(stock)).body(scope(stock)));
        examples.of("getOAuth2Scope", AuthorizationServerExamples::onScope);
        examples.of("replaceOAuth2Scope", stock -> onScope(stock).body(scope(stock)));
        examples.of("deleteOAuth2Scope", AuthorizationServerExamples::onScope);
        examples.of("listOAuth2Claims", stock -> Call.on(SERVER, byDefault(stock)));
        examples.of(
                "createOAuth2Claim", stock -> Call.on(SERVER, byDefault(stock)).body(claim(stock)));
        examples.of(
                "createOAuth2Claim",
                stock ->
                        Call.on(SERVER, byDefault(stock))
                                .body(
                                        claim(stock)
                                                .put("claimType", "IDENTITY")
                                                .put("valueType", "GROUPS")
                                                .put("group_filter_type", "STARTS_WITH")
                                                .put("value", "Car")));
        examples.of("getOAuth2Claim", AuthorizationServerExamples::onClaim);
        examples.of("replaceOAuth2Claim", stock -> onClaim(stock).body(claim(stock)));
        examples.of("deleteOAuth2Claim", AuthorizationServerExamples::onClaim);
    }

    private static void policies(Examples examples) {
        String variable = "policyId";
        examples.of("listAuthorizationServerPolicies", stock -> Call.on(SERVER, byDefault(stock)));
        examples.of(
                "createAuthorizationServerPolicy",
                stock -> Call.on(SERVER, made(stock)).body(policy(stock)));
        examples.of("getAuthorizationServerPolicy", AuthorizationServerExamples::onPolicy);
        examples.of(
                "replaceAuthorizationServerPolicy",
                stock -> onPolicy(stock).body(policy(stock).put("status", "INACTIVE")));
        examples.of("deleteAuthorizationServerPolicy", AuthorizationServerExamples::onPolicy);
        examples.of(
                "activateAuthorizationServerPolicy",
                stock -> {
                    Call call = onPolicy(stock);
                    stock.http()
                            .post(
                                    path(call)
                                            + "/policies/"
                                            + call.variables().get(variable)
                                            + "/lifecycle/deactivate")
                            .expect(204);
                    return call;
                });
        examples.of("deactivateAuthorizationServerPolicy", AuthorizationServerExamples::onPolicy);
    }

    private static void rules(Examples examples) {
        examples.of("listAuthorizationServerPolicyRules", AuthorizationServerExamples::onPolicy);
        examples.of(
                "createAuthorizationServerPolicyRule", stock -> onPolicy(stock).body(rule(stock)));
        examples.of("getAuthorizationServerPolicyRule", AuthorizationServerExamples::onRule);
        examples.of(
                "replaceAuthorizationServerPolicyRule",
                stock -> onRule(stock).body(rule(stock).put("status", "INACTIVE")));
        examples.of("deleteAuthorizationServerPolicyRule", AuthorizationServerExamples::onRule);
        examples.of(
                "activateAuthorizationServerPolicyRule",
                stock -> {
                    Call call = onRule(stock);
                    stock.http()
                            .post(
                                    path(call)
                                            + "/policies/"
                                            + call.variables().get("policyId")
                                            + "/rules/"
                                            + call.variables().get("ruleId")
                                            + "/lifecycle/deactivate")
                            .expect(204);
                    return call;
                });
        examples.of("deactivateAuthorizationServerPolicyRule", AuthorizationServerExamples::onRule);
    }

    private static void resourceKeys(Examples examples) {
        examples.of("listOAuth2ResourceServerJsonWebKeys", AuthorizationServerExamples::onKeys);
        examples.of(
                "addOAuth2ResourceServerJsonWebKey",
                stock -> Call.on(SERVER, made(stock)).body(resourceKey(stock)));
        examples.of("getOAuth2ResourceServerJsonWebKey", AuthorizationServerExamples::onKey);
        examples.of("deleteOAuth2ResourceServerJsonWebKey", AuthorizationServerExamples::onKey);
        examples.of("activateOAuth2ResourceServerJsonWebKey", AuthorizationServerExamples::onKey);
        examples.of(
                "deactivateOAuth2ResourceServerJsonWebKey",
                stock -> {
                    Call call = onKey(stock);
                    stock.http()
                            .post(
                                    path(call)
                                            + "/resourceservercredentials/keys/"
                                            + call.variables().get("keyId")
                                            + "/lifecycle/activate")
                            .expect(200);
                    return call;
                });
    }

    private static void trust(Examples examples) {
        examples.of(
                "listAssociatedServersByTrustedType",
                stock -> {
                    Call call = onTrusted(stock);
                    return Call.on(SERVER, String.valueOf(call.variables().get(SERVER)))
                            .query("trusted=true&limit=1");
                });
        examples.of(
                "createAssociatedServers",
                stock -> Call.on(SERVER, made(stock)).body(trusting(made(stock))));
        examples.of("deleteAssociatedServer", AuthorizationServerExamples::onTrusted);
    }

    private static Call onTrusted(Stock stock) {
        String server = made(stock);
        String other = made(stock);
        stock.http()
                .post(SERVERS + "/" + server + "/associatedServers", trusting(other))
                .expect(200);
        return Call.on(SERVER, server).and("associatedServerId", other);
    }

    private static ObjectNode trusting(String other) {
        ObjectNode body = Json.object();
        body.putArray("trusted").add(other);
        return body;
    }

    private static Call onScope(Stock stock) {
        String server = byDefault(stock);
        return Call.on(SERVER, server)
                .and("scopeId", made(stock, server + "/scopes", scope(stock)));
    }

    private static Call onClaim(Stock stock) {
        String server = byDefault(stock);
        return Call.on(SERVER, server)
                .and("claimId", made(stock, server + "/claims", claim(stock)));
    }

    private static Call onPolicy(Stock stock) {
        String server = made(stock);
        return Call.on(SERVER, server)
                .and("policyId", made(stock, server + "/policies", policy(stock)));
    }

    private static Call onRule(Stock stock) {
        Call call = onPolicy(stock);
        String rules =
                call.variables().get(SERVER)
                        + "/policies/"
                        + call.variables().get("policyId")
                        + "/rules";
        return call.and("ruleId", made(stock, rules, rule(stock)));
    }

    private static Call onKeys(Stock stock) {
        return Call.on(SERVER, String.valueOf(onKey(stock).variables().get(SERVER)));
    }

    private static Call onKey(Stock stock) {
        String server = made(stock);
        return Call.on(SERVER, server)
                .and(
                        "keyId",
                        made(
                                stock,
                                server + "/resourceservercredentials/keys",
                                resourceKey(stock)));
    }

    private static String path(Call call) {
        return SERVERS + "/" + call.variables().get(SERVER);
    }

    private static String made(Stock stock, String path, ObjectNode body) {
        return stock.http().post(SERVERS + "/" + path, body).expect(201).text("id");
    }

    /** There are 500 at most, so those that stocks have made go when it gets narrow. */
    static String made(Stock stock) {
        var all = stock.http().get(SERVERS).expect(200).json();
        if (all.size() > 150) {
            all.forEach(
                    server -> {
                        if (!server.get("default").asBoolean()) {
                            stock.http().delete(SERVERS + "/" + server.get("id").asString());
                        }
                    });
        }
        return stock.http().post(SERVERS, server(stock)).expect(201).text("id");
    }

    /** The id of a new server that issues whatever is asked for. */
    static String open(Stock stock) {
        String id = made(stock);
        String policies = id + "/policies";
        String policy = made(stock, policies, policy(stock));
        made(stock, policies + "/" + policy + "/rules", rule(stock));
        return id;
    }

    private static String byDefault(Stock stock) {
        return stock.http().get(SERVERS + "/" + DEFAULT).expect(200).text("id");
    }

    private static ObjectNode server(Stock stock) {
        ObjectNode body =
                Json.object().put("name", stock.name()).put("description", "Of the stock");
        body.putArray("audiences").add("https://api.example.com");
        return body;
    }

    private static ObjectNode scope(Stock stock) {
        return Json.object()
                .put("name", "car:" + stock.name())
                .put("description", "Drive the car")
                .put("consent", "FLEXIBLE")
                .put("metadataPublish", "ALL_CLIENTS");
    }

    private static ObjectNode claim(Stock stock) {
        ObjectNode body =
                Json.object()
                        .put("name", stock.name())
                        .put("status", "ACTIVE")
                        .put("claimType", "RESOURCE")
                        .put("valueType", "EXPRESSION")
                        .put("value", "\"driving!\"")
                        .put("alwaysIncludeInToken", "true");
        body.putObject("conditions").putArray("scopes").add("profile");
        return body;
    }

    private static ObjectNode policy(Stock stock) {
        ObjectNode body =
                Json.object()
                        .put("type", "OAUTH_AUTHORIZATION_POLICY")
                        .put("status", "ACTIVE")
                        .put("name", stock.name())
                        .put("description", "Of the stock")
                        .put("priority", 1);
        body.putObject("conditions").putObject("clients").putArray("include").add("ALL_CLIENTS");
        return body;
    }

    private static ObjectNode rule(Stock stock) {
        ObjectNode body =
                Json.object()
                        .put("type", "RESOURCE_ACCESS")
                        .put("name", stock.name())
                        .put("priority", 1);
        ObjectNode conditions = body.putObject("conditions");
        conditions.putObject("people").putObject("groups").putArray("include").add("EVERYONE");
        conditions
                .putObject("grantTypes")
                .putArray("include")
                .add("client_credentials")
                .add("authorization_code")
                .add("implicit");
        conditions.putObject("scopes").putArray("include").add("*");
        body.putObject("actions").putObject("token").put("accessTokenLifetimeMinutes", 30);
        return body;
    }

    private static ObjectNode resourceKey(Stock stock) {
        byte[] number = new BigInteger(2048, new SecureRandom()).setBit(2047).toByteArray();
        return Json.object()
                .put("kid", stock.name())
                .put("kty", "RSA")
                .put("use", "enc")
                .put("e", "AQAB")
                .put("n", Base64.getUrlEncoder().withoutPadding().encodeToString(number))
                .put("status", "INACTIVE");
    }
}
