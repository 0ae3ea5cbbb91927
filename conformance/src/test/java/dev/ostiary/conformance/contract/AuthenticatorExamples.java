package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tag Authenticator. */
final class AuthenticatorExamples implements Examples.Family {

    private static final String ID = "authenticatorId";
    private static final String METHOD = "methodType";
    private static final String PATH = "/api/v1/authenticators";

    @Override
    public void say(Examples examples) {
        examples.isNoId(METHOD);
        examples.of("listAuthenticators", stock -> Call.plain());
        examples.refused(
                "createAuthenticator",
                400,
                "E0000001",
                "an org without it, which there is once: AuthenticatorJourneyTest makes one",
                stock -> {
                    active(stock, "webauthn");
                    return Call.plain().body(of("webauthn"));
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
