package dev.ostiary.conformance.signin;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.pages.FormBrowser;
import dev.ostiary.conformance.saml.Service;
import dev.ostiary.conformance.saml.SignedService;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code user.authentication.*}. */
record AuthenticationEvents(EventGround ground) {

    private static final String DENY = "{\"appSignOn\":{\"access\":\"DENY\"}}";
    private static final String TWO =
            """
            {"appSignOn":{"access":"ALLOW","verificationMethod":{
             "type":"ASSURANCE","factorMode":"2FA","reauthenticateIn":"PT12H","constraints":[]}}}""";

    List<Told> all() {
        String factor = "user.authentication.auth_via_mfa";
        String sso = "user.authentication.sso";
        String slo = "user.authentication.slo";
        return List.of(
                Told.success(factor, "the password is right", this::password),
                Told.failure(
                        factor,
                        "INVALID_CREDENTIALS",
                        "the password is wrong",
                        this::wrongPassword),
                Told.success(factor, "the answer is right", () -> answers("mayonnaise")),
                Told.failure(
                        factor,
                        "INVALID_CREDENTIALS",
                        "the answer is wrong",
                        () -> answers("mustard")),
                Told.success(sso, "a user opens a service", this::opens),
                Told.success(sso, "a user signs in to a client", this::signsIn),
                Told.failure(
                                sso,
                                "User attempted unauthorized access to app",
                                "the service is not the user's",
                                this::notAssigned)
                        .at("WARN"),
                Told.failure(
                                sso,
                                "Sign-on policy evaluation resulted in DENY",
                                "its policy denies",
                                this::deniedByService)
                        .at("WARN"),
                Told.failure(sso, "access_denied", "the client's policy denies", this::denied)
                        .at("WARN"),
                Told.success(slo, "a service ends a session", () -> leaves(true)),
                Told.failure(
                                slo,
                                "The request to log out is not signed by the service.",
                                "somebody else wants to",
                                () -> leaves(false))
                        .at("WARN"),
                Told.success(
                        "user.authentication.verify",
                        "more is proven beside a session",
                        this::stepsUp),
                Told.success(
                        "user.authentication.universal_logout.scheduled",
                        "the user is to be out everywhere",
                        this::out));
    }

    private SignIns users() {
        return ground.users();
    }

    private String password() {
        String login = users().active();
        users().signIn(login).expect(200);
        return login;
    }

    private String wrongPassword() {
        String login = users().active();
        users().signIn(login, "wrong").expect(401);
        return login;
    }

    private String answers(String answer) {
        String login = ground.asked();
        String factor = ground.question(login);
        String state = users().signIn(login).expect(200).text("stateToken");
        users().move("/factors/" + factor + "/verify", state, "answer", answer);
        return factor;
    }

    private String opens() {
        String login = users().active();
        Service service = Service.of(ground.org(), ground.name(), none -> {});
        service.ask(Service.browser(ground.org(), login), "").expect(200);
        return login;
    }

    private String signsIn() {
        String login = users().active();
        ClientApp.web(ground.org(), ground.name()).code(login);
        return login;
    }

    private String notAssigned() {
        String login = users().active();
        Service service = Service.unassigned(ground.org(), ground.name(), none -> {});
        service.ask(Service.browser(ground.org(), login), "").expect(403);
        return login;
    }

    private String deniedByService() {
        String login = users().active();
        Service service = Service.of(ground.org(), ground.name(), none -> {});
        ground.govern(service.appId(), ground.accessPolicy(DENY));
        service.ask(Service.browser(ground.org(), login), "").expect(403);
        return login;
    }

    private String denied() {
        String login = users().active();
        ClientApp app = ClientApp.web(ground.org(), ground.name());
        ground.govern(app.id(), ground.accessPolicy(DENY));
        app.authorize(app.request("sessionToken", ClientApp.sessionToken(ground.org(), login)))
                .expect(302);
        return login;
    }

    private String leaves(boolean signed) {
        String login = users().active();
        String name = ground.name();
        SignedService keys = SignedService.create();
        Service service =
                Service.of(
                        ground.org(),
                        name,
                        signOn -> {
                            signOn.putObject("slo")
                                    .put("enabled", true)
                                    .put("issuer", "urn:sp")
                                    .put("logoutUrl", "https://sp.example.com/out");
                            signOn.putObject("spCertificate")
                                    .putArray("x5c")
                                    .add(keys.certificate());
                        });
        SignedService asking = signed ? keys : SignedService.create();
        users().with(users().cookie(login))
                .get(
                        service.path().replace("/sso/saml", "/slo/saml")
                                + "?"
                                + asking.query(Service.logout("_1"), ""));
        return name;
    }

    private String stepsUp() {
        String login = users().active();
        String factor = ground.factor(login, "{\"factorType\":\"email\",\"provider\":\"OKTA\"}");
        ClientApp app = ClientApp.web(ground.org(), ground.name());
        ground.govern(app.id(), ground.accessPolicy(TWO));
        FormBrowser browser = new FormBrowser(ground.org());
        browser.signIn(login, "");
        browser.get(app.base() + "/v1/authorize?" + ClientApp.form(app.request())).expect(302);
        browser.get("/signin").expect(200);
        browser.step("CHOOSE", "factorId", factor).expect(303);
        String code =
                ground.org()
                        .http()
                        .get("/ostiary/v1/outbox?limit=1&to=" + login)
                        .expect(200)
                        .json()
                        .at("/0/variables/verificationToken")
                        .asString();
        Answer back = browser.step("VERIFY", "factorId", factor, "passCode", code);
        browser.follow(back).expect(302);
        return login;
    }

    private String out() {
        String login = users().active();
        ObjectNode body = Json.object();
        body.putObject("sub_id")
                .put("format", "opaque")
                .put("id", Directory.id(users().user(login)));
        ground.org().http().post("/oauth2/v1/global-token-revocation", body).expect(204);
        return login;
    }
}
