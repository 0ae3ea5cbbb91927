package dev.ostiary.conformance.signin;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code user.account.*}. */
record AccountEvents(EventGround ground) {

    private static final String NEXT = "N3xt-one-please";

    List<Told> all() {
        String reset = "user.account.reset_password";
        String unlock = "user.account.unlock";
        String password = "user.account.update_password";
        return List.of(
                Told.success(
                        "user.account.expire_password",
                        "an administrator has it expire",
                        users()::expired),
                Told.failure(
                                "user.account.lock",
                                "LOCKED_OUT",
                                "ten passwords are wrong",
                                () -> ground.locked(users().active()))
                        .at("DEBUG"),
                Told.success(
                        "user.account.privilege.grant",
                        "the org's first administrator is made",
                        () -> ground.org().adminLogin()),
                Told.success(reset, "an administrator resets it", this::reset),
                Told.success(reset, "a user does", this::resets),
                Told.failure(reset, "UNKNOWN_USER", "nobody does", () -> unknown("password")),
                Told.failure(reset, "NOT_ALLOWED", "a suspended user does", this::suspended),
                Told.failure(reset, "NOT_ALLOWED", "for one who is locked out", this::forLocked),
                Told.failure(
                        reset,
                        "INVALID_ANSWER",
                        "the answer is wrong",
                        () -> answers("password", users().recoverable())),
                Told.failure(
                        reset, "INVALID_CODE", "the code by SMS is wrong", () -> code("password")),
                Told.failure(
                        reset,
                        "PASSWORD_POLICY_VIOLATION",
                        "the new one is too simple",
                        this::resetsBadly),
                Told.success(unlock, "the answer to the question is right", this::opens),
                Told.failure(unlock, "UNKNOWN_USER", "nobody wants to", () -> unknown("unlock")),
                Told.failure(unlock, "NOT_ALLOWED", "nothing is locked", this::open),
                Told.failure(
                        unlock,
                        "INVALID_ANSWER",
                        "the answer is wrong",
                        () -> answers("unlock", ground.locked(ground.helpsItself()))),
                Told.failure(
                        unlock, "INVALID_CODE", "the code by SMS is wrong", () -> code("unlock")),
                Told.success(
                        "user.account.unlock_token", "a user asks for it by mail", this::mailed),
                Told.success("user.account.unlock_by_admin", "an administrator does", this::opened),
                Told.success(password, "a user knows the old one", () -> changes(true)),
                Told.failure(password, "INVALID_CREDENTIALS", "or does not", () -> changes(false)),
                Told.failure(
                        password,
                        "INVALID_CREDENTIALS",
                        "or not at the sign-in",
                        () -> changesAtSignIn("wrong", NEXT)),
                Told.failure(
                        password,
                        "PASSWORD_POLICY_VIOLATION",
                        "the new one is too simple",
                        () -> changesAtSignIn(Directory.PASSWORD, "short")),
                Told.success(
                        "user.account.update_profile",
                        "the profile changes",
                        () -> profile("title", "Countess")),
                Told.success(
                        "user.account.update_primary_email",
                        "the address changes",
                        () -> profile("email", users().login())),
                Told.success(
                        "user.account.update_secondary_email",
                        "the second address does",
                        () -> profile("secondEmail", users().login())),
                Told.success("user.account.update_user_type", "the type does", this::moves),
                Told.failure(
                        "user.account.use_token",
                        "INVALID_TOKEN",
                        "a token is none",
                        () -> {
                            ground.org()
                                    .nobody()
                                    .post(
                                            "/api/v1/authn/recovery/token",
                                            "{\"recoveryToken\":\"none\"}")
                                    .expect(401);
                            return "INVALID_TOKEN";
                        }));
    }

    private SignIns users() {
        return ground.users();
    }

    private Http http() {
        return ground.org().http();
    }

    private String reset() {
        String login = users().active();
        http().post(ground.path(login) + "/lifecycle/reset_password?sendEmail=false").expect(200);
        return login;
    }

    private String resets() {
        String login = users().active();
        String state = ground.recovering("password", login);
        users().move("/credentials/reset_password", state, "newPassword", NEXT).expect(200);
        return login;
    }

    private String resetsBadly() {
        String login = users().active();
        String state = ground.recovering("password", login);
        users().move("/credentials/reset_password", state, "newPassword", "short").expect(403);
        return login;
    }

    private String unknown(String what) {
        String login = users().login();
        ground.recovers(what, login).expect(200);
        return login;
    }

    private String suspended() {
        String login = users().active();
        http().post(ground.path(login) + "/lifecycle/suspend").expect(200);
        ground.recovers("password", login).expect(200);
        return login;
    }

    private String forLocked() {
        String login = ground.locked(users().active());
        http().post(ground.path(login) + "/credentials/forgot_password?sendEmail=false")
                .expect(403, "E0000034");
        return login;
    }

    private String answers(String what, String login) {
        String state = ground.recovering(what, login);
        users().move("/recovery/answer", state, "answer", "Pacific").expect(403, "E0000087");
        return login;
    }

    private String code(String what) {
        String login = users().recoverable();
        ground.policies()
                .password(
                        ground.groupOf(login),
                        ground.name(),
                        "{\"recovery\":{\"factors\":{\"okta_sms\":{\"status\":\"ACTIVE\"}}}}",
                        """
                        {"selfServicePasswordReset":{"access":"ALLOW"},
                         "selfServiceUnlock":{"access":"ALLOW"}}""");
        ground.factor(
                login,
                "{\"factorType\":\"sms\",\"provider\":\"OKTA\",\"profile\":{\"phoneNumber\":\"+1555415"
                        + (what.equals("unlock") ? "1403" : "1404")
                        + "\"}}");
        if (what.equals("unlock")) {
            ground.locked(login);
        }
        String state =
                ground.org()
                        .nobody()
                        .post(
                                "/api/v1/authn/recovery/" + what,
                                Json.object().put("username", login).put("factorType", "SMS"))
                        .expect(200)
                        .text("stateToken");
        users().move("/recovery/factors/SMS/verify", state, "passCode", "1").expect(403);
        return login;
    }

    private String opens() {
        String login = ground.locked(ground.helpsItself());
        String state = ground.recovering("unlock", login);
        users().move("/recovery/answer", state, "answer", "Baltic").expect(200);
        return login;
    }

    private String open() {
        String login = ground.helpsItself();
        ground.recovers("unlock", login).expect(200);
        return login;
    }

    private String mailed() {
        String login = ground.locked(ground.helpsItself());
        ground.recovers("unlock", login).expect(200);
        return login;
    }

    private String opened() {
        String login = ground.locked(users().active());
        http().post(ground.path(login) + "/lifecycle/unlock").expect(200);
        return login;
    }

    private String changes(boolean knows) {
        String login = users().active();
        ObjectNode body = Json.object();
        body.putObject("oldPassword").put("value", knows ? Directory.PASSWORD : "wrong");
        body.putObject("newPassword").put("value", NEXT);
        http().post(ground.path(login) + "/credentials/change_password", body)
                .expect(knows ? 200 : 403);
        return login;
    }

    private String changesAtSignIn(String old, String next) {
        String login = users().expired();
        String state = users().signIn(login).expect(200).text("stateToken");
        users().move("/credentials/change_password", state, "oldPassword", old, "newPassword", next)
                .expect(403);
        return login;
    }

    private String profile(String attribute, String value) {
        String login = users().active();
        ObjectNode body = Json.object();
        body.putObject("profile").put(attribute, value);
        http().post(ground.path(login), body).expect(200);
        return login;
    }

    private String moves() {
        String name = "type" + ground.name().replaceAll("\\D", "");
        String type =
                http().post(
                                "/api/v1/meta/types/user",
                                Json.object().put("name", name).put("displayName", name))
                        .expect(200)
                        .text("id");
        String login = users().active();
        ObjectNode user = (ObjectNode) users().user(login);
        ObjectNode body = Json.object();
        body.set("profile", user.get("profile"));
        body.putObject("type").put("id", type);
        http().put(ground.path(login), body).expect(200);
        return login;
    }
}
