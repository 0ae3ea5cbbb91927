package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tag Authenticator. */
final class AuthenticatorExamples implements Examples.Family {

    private static final String ID = "authenticatorId";
    private static final String WEBAUTHN = "webauthn";
    private static final String METHOD = "methodType";
    private static final String KEY_METHOD = "webAuthnMethodType";
    private static final String PATH = "/api/v1/authenticators";

    @Override
    public void say(Examples examples) {
        examples.isNoId(METHOD);
        examples.isNoId(KEY_METHOD);
        examples.of("listAuthenticators", stock -> Call.plain());
        examples.refused(
                "createAuthenticator",
                400,
                "E0000001",
                "an org without it, which there is once: AuthenticatorJourneyTest makes one",
                stock -> {
                    active(stock, WEBAUTHN);
                    return Call.plain().body(of(WEBAUTHN));
                });
        examples.of("getAuthenticator", stock -> Call.on(ID, id(stock, "okta_email")));
        examples.of(
                "replaceAuthenticator",
                stock ->
                        Call.on(ID, id(stock, "okta_email"))
                                .body(
                                        "{\"key\":\"okta_email\",\"name\":\"Mail "
                                                + stock.name()
                                                + "\",\"settings\":{\"allowedFor\":\"any\"}}"));
        examples.of("deactivateAuthenticator", stock -> Call.on(ID, active(stock, "google_otp")));
        examples.of(
                "activateAuthenticator",
                stock -> {
                    String id = active(stock, "google_otp");
                    stock.http().post(PATH + "/" + id + "/lifecycle/deactivate").expect(200);
                    return Call.on(ID, id);
                });
        examples.of("listAuthenticatorMethods", stock -> Call.on(ID, id(stock, "okta_verify")));
        examples.of("getAuthenticatorMethod", AuthenticatorExamples::phone);
        examples.of(
                "deactivateAuthenticatorMethod",
                stock -> {
                    voice(stock);
                    return phone(stock);
                });
        examples.of(
                "replaceAuthenticatorMethod",
                stock ->
                        Call.on(ID, active(stock, "custom_otp"))
                                .and(METHOD, "otp")
                                .body("{\"type\":\"otp\",\"passCodeLength\":8}"));
        examples.of("activateAuthenticatorMethod", AuthenticatorExamples::phone);
        models(examples);
        examples.of(
                "verifyRpIdDomain",
                stock ->
                        Call.on(ID, withDomain(stock, URI.create(stock.org().url()).getHost()))
                                .and(KEY_METHOD, WEBAUTHN));
        examples.of(
                "getWellKnownAppAuthenticatorConfiguration",
                stock -> Call.plain().query("oauthClientId=0oa1nobodys"));
    }

    /** The id of the security keys of an org, which are to be for this domain. */
    private static String withDomain(Stock stock, String name) {
        String id = active(stock, WEBAUTHN);
        stock.http()
                .put(
                        PATH + "/" + id + "/methods/" + WEBAUTHN,
                        "{\"type\":\"webauthn\",\"settings\":{\"rpId\":{\"domain\":{\"name\":\""
                                + name
                                + "\"}}}}")
                .expect(200);
        return id;
    }

    private static void models(Examples examples) {
        examples.of("listAllCustomAAGUIDs", stock -> Call.on(ID, keysWith(stock, aaguid())));
        examples.of(
                "createCustomAAGUID",
                stock -> Call.on(ID, active(stock, WEBAUTHN)).body(model(aaguid())));
        examples.of("getCustomAAGUID", AuthenticatorExamples::one);
        examples.of("replaceCustomAAGUID", stock -> one(stock).body("{\"name\":\"Other\"}"));
        examples.of("updateCustomAAGUID", stock -> one(stock).body("{\"name\":\"Other\"}"));
        examples.of("deleteCustomAAGUID", AuthenticatorExamples::one);
    }

    private static Call one(Stock stock) {
        String aaguid = aaguid();
        return Call.on(ID, keysWith(stock, aaguid)).and("aaguid", aaguid);
    }

    private static String aaguid() {
        return UUID.randomUUID().toString();
    }

    private static ObjectNode model(String aaguid) {
        return Json.object().put("aaguid", aaguid).put("name", "Ours");
    }

    /** The id of the security keys of an org that knows one model, and this is it. */
    private static String keysWith(Stock stock, String aaguid) {
        String id = active(stock, WEBAUTHN);
        String path = PATH + "/" + id + "/aaguids";
        stock.http()
                .get(path)
                .expect(200)
                .json()
                .forEach(each -> stock.http().delete(path + "/" + each.get("aaguid").asString()));
        stock.http().post(path, model(aaguid)).expect(200);
        return id;
    }

    private static Call phone(Stock stock) {
        return Call.on(ID, id(stock, "phone_number")).and(METHOD, "voice");
    }

    private static ObjectNode of(String key) {
        return Json.object().put("key", key).put("name", "Made of " + key);
    }

    private static Optional<String> find(Stock stock, String key) {
        return stock.http()
                .get(PATH)
                .expect(200)
                .json()
                .valueStream()
                .filter(each -> each.path("key").asString().equals(key))
                .map((JsonNode each) -> each.path("id").asString())
                .findFirst();
    }

    private static String id(Stock stock, String key) {
        return find(stock, key).orElseThrow();
    }

    /** The id of an authenticator that the org has from now on, and that is active. */
    static String active(Stock stock, String key) {
        String id =
                find(stock, key)
                        .orElseGet(() -> stock.http().post(PATH, of(key)).expect(200).text("id"));
        stock.http().post(PATH + "/" + id + "/lifecycle/activate").expect(200);
        return id;
    }

    /** Calls are made from now on. */
    static void voice(Stock stock) {
        stock.http()
                .post(PATH + "/" + id(stock, "phone_number") + "/methods/voice/lifecycle/activate")
                .expect(200);
    }
}
