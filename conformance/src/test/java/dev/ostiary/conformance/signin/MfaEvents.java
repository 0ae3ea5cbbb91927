package dev.ostiary.conformance.signin;

import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Telephone;
import java.util.List;

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
        Telephone telephone = Telephone.of(ground.org(), ground.path(login));
        String state = users().signIn(login).expect(200).text("stateToken");
        users().move("/factors/" + telephone.factor() + "/verify", state).expect(200);
        telephone.answers(Json.object().put("approve", approve));
        return telephone.factor();
    }
}
