package dev.ostiary.conformance.signin;

import dev.ostiary.conformance.harness.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code user.mfa.*}. */
record MfaEvents(EventGround ground) {

    private static final String SMS =
            "{\"factorType\":\"sms\",\"provider\":\"OKTA\",\"profile\":{\"phoneNumber\":\"%s\"}}";

    List<Told> all() {
        return List.of(
                Told.success(
                                "user.mfa.factor.activate",
                                "a factor is enrolled",
                                () -> ground.question(users().active()))
                        .because("User set up SECURITY_QUESTION factor"),
                Told.success("user.mfa.factor.deactivate", "it goes", this::removed)
                        .because("User reset SECURITY_QUESTION factor"),
                Told.success("user.mfa.factor.reset_all", "all go", this::reset),
                Told.success("user.mfa.factor.update", "a phone has another number", this::moved),
                Told.failure(
                                "user.mfa.attempt_bypass",
                                "TOO_MANY_ATTEMPTS",
                                "after five wrong answers",
                                this::guessed)
                        .at("WARN"),
                Told.success("user.mfa.okta_verify", "a device says yes", () -> pushed(true)),
                Told.failure(
                        "user.mfa.okta_verify.deny_push",
                        "INVALID_CREDENTIALS",
                        "it says no",
                        () -> pushed(false)),
                Told.failure(
                        "user.authentication.auth_via_mfa",
                        "INVALID_CREDENTIALS",
                        "so nothing is proven",
                        () -> pushed(false)));
    }

    private SignIns users() {
        return ground.users();
    }

    private String removed() {
        String login = users().active();
        String factor = ground.question(login);
        ground.org().http().delete(ground.path(login) + "/factors/" + factor).expect(204);
        return factor;
    }

    private String reset() {
        String login = users().active();
        ground.question(login);
        ground.org().http().post(ground.path(login) + "/lifecycle/reset_factors").expect(200);
        return login;
    }

    private String moved() {
        String login = users().active();
        String factor = ground.factor(login, SMS.formatted("+15554151401"));
        ground.org().http().delete(ground.path(login) + "/factors/" + factor).expect(204);
        ground.org()
                .http()
                .post(
                        ground.path(login) + "/factors?activate=true&updatePhone=true",
                        SMS.formatted("+15554151402"))
                .expect(200);
        return login;
    }

    private String guessed() {
        String login = users().active();
        String factor = ground.question(login);
        String verify = ground.path(login) + "/factors/" + factor + "/verify";
        for (int i = 0; i < 5; i++) {
            ground.org().http().post(verify, "{\"answer\":\"mustard\"}").expect(403);
        }
        ground.org().http().post(verify, "{\"answer\":\"mayonnaise\"}").expect(429, "E0000047");
        return factor;
    }

    /** A sign-in that asks a device; the id of the factor that it is. */
    private String pushed(boolean approve) {
        String login = ground.asked();
        JsonNode made =
                ground.org()
                        .http()
                        .post(
                                ground.path(login) + "/factors",
                                "{\"factorType\":\"push\",\"provider\":\"OKTA\"}")
                        .expect(200)
                        .json();
        String factor = made.get("id").asString();
        String href = made.at("/_embedded/activation/_links/qrcode/href").asString();
        String token =
                ground.org()
                        .nobody()
                        .post(
                                "/ostiary/v1/push/devices",
                                Json.object()
                                        .put("code", href.substring(href.lastIndexOf('/') + 1)))
                        .expect(200)
                        .text("deviceToken");
        String state = users().signIn(login).expect(200).text("stateToken");
        users().move("/factors/" + factor + "/verify", state).expect(200);
        ObjectNode device = Json.object().put("deviceToken", token);
        String asked =
                ground.org()
                        .nobody()
                        .post("/ostiary/v1/push/transactions", device)
                        .expect(200)
                        .json()
                        .at("/0/id")
                        .asString();
        ground.org()
                .nobody()
                .post("/ostiary/v1/push/transactions/" + asked, device.put("approve", approve))
                .expect(200);
        return factor;
    }
}
