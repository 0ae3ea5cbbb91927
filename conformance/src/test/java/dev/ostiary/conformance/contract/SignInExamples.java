package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.saml.Service;
import tools.jackson.databind.node.ObjectNode;

/** The family Authn. */
final class SignInExamples implements Examples.Family {

    private static final String NEXT = "N3xt-one-please";

    @Override
    public void say(Examples examples) {
        examples.isNoId("factorType");
        examples.of(
                "authenticate",
                stock -> Call.plain().body(credentials(stock.activeLogin(), Directory.PASSWORD)));
        examples.of("authenticate", stock -> Call.plain().body(withState(expired(stock))));
        examples.of(
                "authenticate",
                stock -> Call.plain().body(Json.object().put("token", activation(stock))));
        examples.of(
                "authenticate",
                stock ->
                        Call.plain()
                                .body(
                                        credentials(stock.activeLogin(), Directory.PASSWORD)
                                                .put("audience", app(stock))));
        examples.of("getStepUpRedirect", stock -> Call.plain().query("stateToken=" + led(stock)));
        examples.of("introspectAuthn", stock -> Call.plain().body(withState(expired(stock))));
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
                stock -> Call.plain().body(recovery(mayUnlock(stock), "EMAIL")));
        examples.of(
                "forgotAuthnPassword",
                stock -> Call.plain().body(recovery(stock.activeLogin(), "SMS")));
        examples.of(
                "forgotAuthnPassword",
                stock -> Call.plain().body(recovery(stock.activeLogin(), "CALL")));
        examples.of(
                "unlockAuthnAccount",
                stock -> Call.plain().body(recovery(stock.activeLogin(), "SMS")));
        examples.of(
                "verifyAuthnRecoveryFactor",
                stock -> {
                    Reached reached = reached(stock);
                    String code = FactorExamples.codeFor(stock, reached.phone());
                    return Call.on("factorType", "SMS")
                            .body(withState(reached.stateToken()).put("passCode", code));
                });
        examples.refused(
                "resendAuthnRecoveryFactor",
                429,
                "E0000109",
                "half a minute has passed, which no example waits for",
                stock -> Call.on("factorType", "sms").body(withState(reached(stock).stateToken())));
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

    /** Somebody who recovers, and was sent a code. */
    private record Reached(String phone, String stateToken) {}

    private static Reached reached(Stock stock) {
        Reachable user = reachable(stock, "sms");
        String state =
                stock.org()
                        .nobody()
                        .post("/api/v1/authn/recovery/password", recovery(user.login(), "SMS"))
                        .expect(200)
                        .text("stateToken");
        return new Reached(user.phone(), state);
    }

    /** Somebody with a phone, and a policy that reaches it. */
    record Reachable(String login, String phone) {}

    /** Somebody who recovers by phone. */
    static Reachable reachable(Stock stock, String type) {
        String login = stock.login();
        String group = stock.group();
        stock.join(group, Directory.id(new Directory(stock.org()).active(login)));
        new Policies(stock.http())
                .password(
                        group,
                        stock.name(),
                        "{\"recovery\":{\"factors\":{\"okta_sms\":{\"status\":\"ACTIVE\"},\"okta_call\":{\"status\":\"ACTIVE\"}}}}",
                        """
                        {"selfServicePasswordReset":{"access":"ALLOW"},
                         "selfServiceUnlock":{"access":"ALLOW"}}""");
        ObjectNode phone = FactorExamples.phone(stock, type);
        stock.http().post("/api/v1/users/" + login + "/factors?activate=true", phone).expect(200);
        return new Reachable(login, phone.at("/profile/phoneNumber").asString());
    }

    /** The login of somebody whom the policy lets open a lock. */
    static String mayUnlock(Stock stock) {
        String login = stock.login();
        String group = stock.group();
        stock.join(group, Directory.id(new Directory(stock.org()).active(login)));
        new Policies(stock.http()).lettingUnlock(group, stock.name());
        return login;
    }

    static ObjectNode credentials(String login, String password) {
        return Json.object().put("username", login).put("password", password);
    }

    static ObjectNode recovery(String login, String factorType) {
        return Json.object().put("username", login).put("factorType", factorType);
    }

    private static ObjectNode withState(String stateToken) {
        return Json.object().put("stateToken", stateToken);
    }

    /** What comes of the right password. */
    static Answer signedIn(Stock stock, String login) {
        return stock.org().nobody().post("/api/v1/authn", credentials(login, Directory.PASSWORD));
    }

    private static String app(Stock stock) {
        return Service.of(stock.org(), stock.name(), none -> {}).appId();
    }

    /** The state token of somebody who is led into an app. */
    private static String led(Stock stock) {
        ObjectNode body = credentials(stock.activeLogin(), Directory.PASSWORD);
        return stock.org()
                .nobody()
                .post("/api/v1/authn", body.put("audience", app(stock)))
                .expect(200)
                .text("stateToken");
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

    /** A token that a trusted application was given, for a user with a question that is asked. */
    private static String recoveryToken(Stock stock) {
        String user = stock.recoverable();
        String group = stock.group();
        stock.join(group, user);
        new Policies(stock.http()).lettingUnlock(group, stock.name());
        String login = stock.http().get("/api/v1/users/" + user).expect(200).text("profile.login");
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
