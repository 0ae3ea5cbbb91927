package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The family Authn. */
final class SignInExamples implements Examples.Family {

    private static final String NEXT = "N3xt-one-please";

    @Override
    public void say(Examples examples) {
        examples.of(
                "authenticate",
                stock -> Call.plain().body(credentials(stock.activeLogin(), Directory.PASSWORD)));
        examples.of("authenticate", stock -> Call.plain().body(withState(expired(stock))));
        examples.of(
                "authenticate",
                stock -> Call.plain().body(Json.object().put("token", activation(stock))));
        examples.of("cancelAuthn", stock -> Call.plain().body(withState(expired(stock))));
        examples.of(
                "changeAuthnPassword",
                stock ->
                        Call.plain()
                                .body(
                                        withState(expired(stock))
                                                .put("oldPassword", Directory.PASSWORD)
                                                .put("newPassword", NEXT)));
        examples.of(
                "forgotAuthnPassword",
                stock -> Call.plain().body(recovery(stock.activeLogin(), "EMAIL")));
        examples.of(
                "unlockAuthnAccount",
                stock -> Call.plain().body(recovery(stock.activeLogin(), "EMAIL")));
        examples.of(
                "verifyAuthnRecoveryToken",
                stock ->
                        Call.plain()
                                .body(Json.object().put("recoveryToken", recoveryToken(stock))));
        examples.of(
                "answerAuthnRecoveryQuestion",
                stock -> Call.plain().body(withState(recovering(stock)).put("answer", "baltic ")));
        examples.of(
                "resetAuthnPassword",
                stock -> Call.plain().body(withState(answered(stock)).put("newPassword", NEXT)));
        examples.refused(
                "skipAuthnState",
                403,
                "E0000079",
                "there are policies with a time to warn in",
                stock -> Call.plain().body(withState(expired(stock))));
    }

    static ObjectNode credentials(String login, String password) {
        return Json.object().put("username", login).put("password", password);
    }

    private static ObjectNode recovery(String login, String factorType) {
        return Json.object().put("username", login).put("factorType", factorType);
    }

    private static ObjectNode withState(String stateToken) {
        return Json.object().put("stateToken", stateToken);
    }

    /** What comes of the right password. */
    static Answer signedIn(Stock stock, String login) {
        return stock.org().nobody().post("/api/v1/authn", credentials(login, Directory.PASSWORD));
    }

    private static String expired(Stock stock) {
        String login = stock.activeLogin();
        stock.http().post("/api/v1/users/" + login + "/lifecycle/expire_password").expect(200);
        return signedIn(stock, login).expect(200).text("stateToken");
    }

    private static String activation(Stock stock) {
        String user = stock.staged();
        return stock.http()
                .post("/api/v1/users/" + user + "/lifecycle/activate?sendEmail=false")
                .expect(200)
                .text("activationToken");
    }

    /** A token that a trusted application was given, for a user with a question. */
    private static String recoveryToken(Stock stock) {
        String login =
                stock.http()
                        .get("/api/v1/users/" + stock.recoverable())
                        .expect(200)
                        .text("profile.login");
        return stock.http()
                .post("/api/v1/authn/recovery/password", Json.object().put("username", login))
                .expect(200)
                .text("recoveryToken");
    }

    private static String recovering(Stock stock) {
        return stock.org()
                .nobody()
                .post(
                        "/api/v1/authn/recovery/token",
                        Json.object().put("recoveryToken", recoveryToken(stock)))
                .expect(200)
                .text("stateToken");
    }

    private static String answered(Stock stock) {
        String state = recovering(stock);
        return stock.org()
                .nobody()
                .post("/api/v1/authn/recovery/answer", withState(state).put("answer", "Baltic"))
                .expect(200)
                .text("stateToken");
    }
}
