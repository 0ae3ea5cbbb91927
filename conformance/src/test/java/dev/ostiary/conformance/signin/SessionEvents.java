package dev.ostiary.conformance.signin;

import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** {@code user.session.*}, and what is decided anew of sessions. */
record SessionEvents(EventGround ground) {

    private static final String HOME = "198.51.100.7";
    private static final String ABROAD = "203.0.113.9";

    List<Told> all() {
        String start = "user.session.start";
        return List.of(
                Told.success(start, "the password is right", this::signsIn),
                Told.failure(start, "INVALID_CREDENTIALS", "it is wrong", this::guesses).at("WARN"),
                Told.failure(start, "VERIFICATION_ERROR", "the name is nobody's", this::unknown)
                        .at("WARN"),
                Told.failure(start, "LOCKED_OUT", "the account is locked", this::locked).at("WARN"),
                Told.failure(start, "GENERAL_NONSUCCESS", "the user is suspended", this::suspended)
                        .at("WARN"),
                Told.failure(
                                start,
                                "PASSWORD_EXPIRED",
                                "it has expired where nobody can be asked for another",
                                this::expired)
                        .at("WARN"),
                Told.failure(
                                start,
                                "Sign-on policy evaluation resulted in DENY",
                                "the policy lets the user not in",
                                this::denied)
                        .at("WARN"),
                Told.success("user.session.end", "a browser signs out", this::leaves),
                Told.success("user.session.clear", "an administrator signs one out", this::cleared),
                Told.success(
                        "user.session.context.change", "it is used elsewhere", this::goesAbroad),
                Told.success(
                        "policy.auth_reevaluate.fail",
                        "it would not come about there",
                        this::goesAbroad),
                Told.success(
                        "policy.auth_reevaluate.enforce", "and that is enforced", this::goesAbroad),
                Told.success("policy.auth_reevaluate.action", "by its end", this::goesAbroad),
                support("grant"),
                support("extend"),
                support("revoke"));
    }

    private SignIns users() {
        return ground.users();
    }

    private String signsIn() {
        String login = users().active();
        users().signIn(login).expect(200);
        return login;
    }

    private String guesses() {
        String login = users().active();
        users().signIn(login, "wrong").expect(401);
        return login;
    }

    private String unknown() {
        String login = users().login();
        users().signIn(login).expect(401);
        return login;
    }

    private String locked() {
        String login = ground.locked(users().active());
        users().signIn(login).expect(401);
        return login;
    }

    private String suspended() {
        String login = users().active();
        ground.org().http().post(ground.path(login) + "/lifecycle/suspend").expect(200);
        users().signIn(login).expect(401);
        return login;
    }

    private String expired() {
        ClientApp app =
                ClientApp.of(
                        ground.org(),
                        ground.name(),
                        "native",
                        "client_secret_basic",
                        settings -> settings.withArray("grant_types").add("password"));
        String login = users().expired();
        app.token(
                        Map.of(
                                "grant_type",
                                "password",
                                "username",
                                login,
                                "password",
                                Directory.PASSWORD,
                                "scope",
                                "openid"))
                .expect(400);
        return login;
    }

    private String denied() {
        String login = ground.under("{\"access\":\"DENY\"}");
        users().signIn(login).expect(401);
        return login;
    }

    private String leaves() {
        String login = users().active();
        users().with(users().cookie(login)).delete("/api/v1/sessions/me").expect(204);
        return login;
    }

    private String cleared() {
        String login = users().active();
        users().cookie(login);
        ground.org().http().delete(ground.path(login) + "/sessions").expect(204);
        return login;
    }

    private Told support(String what) {
        return Told.success(
                "user.session.impersonation." + what,
                "support is let in, and out: " + what,
                () -> {
                    String path = "/api/v1/org/privacy/oktaSupport/";
                    ground.org().http().post(path + "grant").expect(200);
                    if (!what.equals("grant")) {
                        ground.org().http().post(path + what).expect(200);
                    }
                    return ground.org().id();
                });
    }

    /** Somebody who comes in from home alone, and is seen abroad. */
    private String goesAbroad() {
        String login = users().active();
        String zone =
                ground.org()
                        .http()
                        .post(
                                "/api/v1/zones",
                                "{\"type\":\"IP\",\"name\":\""
                                        + ground.name()
                                        + "\",\"gateways\":[{\"type\":\"CIDR\",\"value\":\"203.0.113.0/24\"}]}")
                        .expect(200)
                        .text("id");
        ground.policies()
                .signOn(
                        ground.groupOf(login),
                        ground.name(),
                        "{\"access\":\"DENY\"}",
                        "{\"network\":{\"connection\":\"ZONE\",\"include\":[\"" + zone + "\"]}}");
        enforce();
        Http home = ground.org().nobody().with("X-Forwarded-For", HOME);
        String token =
                home.post(
                                "/api/v1/authn",
                                Json.object()
                                        .put("username", login)
                                        .put("password", Directory.PASSWORD))
                        .expect(200)
                        .text("sessionToken");
        String cookie =
                SignIns.value(
                        home.get("/login/sessionCookieRedirect?redirectUrl=%2F&token=" + token)
                                .expect(302)
                                .header("Set-Cookie")
                                .orElseThrow());
        users().with(cookie).with("X-Forwarded-For", ABROAD).get("/api/v1/sessions/me").expect(404);
        return login;
    }

    private void enforce() {
        Http http = ground.org().http();
        String policy =
                http.get("/api/v1/policies?type=POST_AUTH_SESSION")
                        .expect(200)
                        .json()
                        .at("/0/id")
                        .asString();
        String rules = "/api/v1/policies/" + policy + "/rules";
        ObjectNode rule = (ObjectNode) http.get(rules).expect(200).json().get(0);
        rule.set(
                "actions",
                Json.parse(
                        "{\"postAuthSession\":{\"failureActions\":[{\"action\":\"TERMINATE_SESSION\"}]}}"));
        http.put(rules + "/" + rule.path("id").asString(), rule).expect(200);
    }
}
