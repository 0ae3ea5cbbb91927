package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.contract.Call.Form;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.pages.FormToken;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** What browsers ask for, and what they send. */
final class PageExamples implements Examples.Family {

    private static final List<String> PAGES =
            List.of(
                    "showDeviceFingerprintPage",
                    "showSignInPage",
                    "showRegisterPage",
                    "showForgotPasswordPage",
                    "showUnlockPage",
                    "showUnlockLinkPage",
                    "showWelcomePage",
                    "showResetPasswordPage",
                    "showForgottenPasswordPage",
                    "showUserHome",
                    "signOut",
                    "forgotPasswordByForm",
                    "unlockByForm",
                    "unlockLinkByForm");

    @Override
    public void say(Examples examples) {
        examples.of("getPageFile", stock -> Call.on("fileName", "theme-1662dd-ffffff-ebebed.css"));
        examples.answers("getPageFile", "text/css");
        examples.mayBeKept("getPageFile");
        examples.isNoId("fileName");
        examples.isNoId("token");
        PAGES.forEach(page -> examples.answers(page, "text/html"));
        examples.of("showDeviceFingerprintPage", stock -> Call.plain());
        examples.of("showSignInPage", stock -> Call.plain());
        examples.of("showSignInPage", stock -> Call.plain().query("fromURI=%2Fapp%2FUserHome"));
        examples.of(
                "showRegisterPage",
                stock ->
                        Call.plain()
                                .query(
                                        "fromURI="
                                                + URLEncoder.encode(
                                                        registering(stock),
                                                        StandardCharsets.UTF_8)));
        examples.of("showProfilePage", stock -> Call.plain());
        examples.of("showForgotPasswordPage", stock -> Call.plain());
        examples.of("showUnlockPage", stock -> Call.plain());
        for (String link :
                List.of(
                        "showUnlockLinkPage",
                        "showWelcomePage",
                        "showResetPasswordPage",
                        "showForgottenPasswordPage",
                        "verifyActivationLink",
                        "verifyResetLink")) {
            examples.of(link, stock -> Call.on("token", "of-a-mail"));
        }
        forms(examples);
        examples.of("getLoginDefault", stock -> Call.plain().signedIn(stock.cookie()));
        examples.of("showUserHome", stock -> Call.plain().signedIn(stock.cookie()));
        examples.of("signOut", stock -> Call.plain().signedIn(stock.cookie()));
        examples.of(
                "signOutByForm",
                stock -> Call.plain().signedIn(stock.cookie()).sending(form(stock)));
        examples.of(
                "signOutByForm",
                stock ->
                        Call.plain()
                                .signedIn(stock.cookie())
                                .sending(form(stock, "everywhere", "true")));
    }

    private static void forms(Examples examples) {
        examples.of(
                "signInByForm",
                stock ->
                        Call.plain()
                                .sending(
                                        form(
                                                stock,
                                                "username",
                                                stock.activeLogin(),
                                                "password",
                                                Directory.PASSWORD)));
        examples.of(
                "registerByForm",
                stock ->
                        Call.plain()
                                .sending(
                                        form(
                                                stock,
                                                "fromURI",
                                                registering(stock),
                                                "profile-email",
                                                stock.name() + "@example.com",
                                                "profile-firstName",
                                                "Ada",
                                                "profile-lastName",
                                                "Lovelace",
                                                "password",
                                                Directory.PASSWORD)));
        examples.of("completeProfileByForm", stock -> Call.plain().sending(form(stock)));
        examples.of(
                "continueSignInByForm",
                stock -> Call.plain().sending(under(stock, "step", "CANCEL")));
        examples.of(
                "continueSignInByForm",
                stock ->
                        Call.plain()
                                .sending(
                                        under(
                                                stock,
                                                "step",
                                                "PASSWORD",
                                                "oldPassword",
                                                Directory.PASSWORD,
                                                "newPassword",
                                                "N3xt-one-please",
                                                "repeatedPassword",
                                                "N3xt-one-please")));
        Function<Stock, Call> mail =
                stock -> Call.plain().sending(form(stock, "username", stock.activeLogin()));
        examples.of("forgotPasswordByForm", mail);
        examples.of("unlockByForm", mail);
        examples.of(
                "welcomeByForm", stock -> Call.on("token", invitation(stock)).sending(form(stock)));
        for (String reset : List.of("resetPasswordByForm", "forgottenPasswordByForm")) {
            examples.of(reset, stock -> Call.on("token", recovery(stock)).sending(form(stock)));
        }
        examples.of(
                "unlockLinkByForm",
                stock -> Call.on("token", unlocking(stock)).sending(form(stock)));
    }

    /** The address of an app that lets people register. */
    private static String registering(Stock stock) {
        String policy =
                stock.http()
                        .post(
                                "/api/v1/policies",
                                Json.object()
                                        .put("type", "PROFILE_ENROLLMENT")
                                        .put("name", stock.name()))
                        .expect(200)
                        .text("id");
        String rules = "/api/v1/policies/" + policy + "/rules";
        ObjectNode rule = (ObjectNode) stock.http().get(rules).expect(200).json().get(0);
        ObjectNode enrols = (ObjectNode) rule.at("/actions/profileEnrollment");
        enrols.put("unknownUserAction", "REGISTER");
        enrols.putObject("activationRequirements").put("emailVerification", false);
        stock.http().put(rules + "/" + rule.get("id").asString(), rule).expect(200);
        String app = AppExamples.make(stock, AppExamples.saml());
        stock.http().put("/api/v1/apps/" + app + "/policies/" + policy).expect(204);
        String name = stock.http().get("/api/v1/apps/" + app).expect(200).text("name");
        return "/app/" + name + "/exk" + app.substring(3) + "/sso/saml";
    }

    private static Form form(Stock stock, String... fields) {
        return form(FormToken.of(stock.org()), "", fields);
    }

    private static Form form(FormToken token, String cookies, String... fields) {
        StringBuilder content = new StringBuilder("formToken=" + token.token());
        for (int i = 0; i < fields.length; i += 2) {
            content.append('&')
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return new Form(content.toString(), token.cookie() + cookies);
    }

    /** A form in the middle of a sign-in, with an expired password. */
    private static Form under(Stock stock, String... fields) {
        String login = stock.activeLogin();
        stock.http().post("/api/v1/users/" + login + "/lifecycle/expire_password").expect(200);
        String state = SignInExamples.signedIn(stock, login).expect(200).text("stateToken");
        return form(FormToken.of(stock.org()), "; __Host-signin=" + state + "~", fields);
    }

    private static String invitation(Stock stock) {
        return stock.http()
                .post("/api/v1/users/" + stock.staged() + "/lifecycle/activate?sendEmail=false")
                .expect(200)
                .text("activationToken");
    }

    private static String recovery(Stock stock) {
        return stock.http()
                .post(
                        "/api/v1/authn/recovery/password",
                        Json.object().put("username", stock.activeLogin()))
                .expect(200)
                .text("recoveryToken");
    }

    private static String unlocking(Stock stock) {
        String login = SignInExamples.mayUnlock(stock);
        for (int i = 0; i < 10; i++) {
            stock.org().nobody().post("/api/v1/authn", SignInExamples.credentials(login, "wrong"));
        }
        return stock.http()
                .post("/api/v1/authn/recovery/unlock", Json.object().put("username", login))
                .expect(200)
                .text("recoveryToken");
    }
}
