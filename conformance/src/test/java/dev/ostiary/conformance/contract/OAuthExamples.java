package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.oauth.Consenting;
import dev.ostiary.conformance.oauth.Device;
import dev.ostiary.conformance.pages.FormToken;
import java.util.Map;

/** The endpoints at which clients get tokens and ask about them. */
final class OAuthExamples implements Examples.Family {

    private static final String SERVER = "authorizationServerId";
    private static final String TOKEN = "tokenId";
    private static final String UNTIL = "an example with a client of its own";
    private static final String UNTIL_TOKEN = "examples come with access tokens: CodeFlowTest";
    private static final Call.Form NOTHING = new Call.Form("unknown=1", "");
    private static final String CLIENT = "client_id=nobody&client_secret=nothing";

    @Override
    public void say(Examples examples) {
        refused(examples, "token", "grant_type=client_credentials&scope=okta.users.read&");
        refused(examples, "tokenCustomAS", "grant_type=client_credentials&");
        for (String operation : new String[] {"introspect", "revoke"}) {
            refused(examples, operation, "token=nonsense&");
            refused(examples, operation + "CustomAS", "token=nonsense&");
        }
        authorize(examples);
        pushed(examples);
        devices(examples);
        new DirectExamples().say(examples);
        out(examples);
        management(examples);
        consents(examples);
        for (String verb : new String[] {"", "WithPost"}) {
            examples.refused(
                    "userinfo" + verb,
                    401,
                    "invalid_request",
                    UNTIL_TOKEN,
                    stock -> verb.isEmpty() ? Call.plain() : Call.plain().sending(NOTHING));
            examples.refused(
                    "userinfoCustomAS" + verb,
                    401,
                    "invalid_request",
                    UNTIL_TOKEN,
                    stock -> on(AuthorizationServerExamples.made(stock), verb));
        }
    }

    private static Call on(String server, String verb) {
        Call call = Call.on(SERVER, server);
        return verb.isEmpty() ? call : call.sending(NOTHING);
    }

    /** What administrators see of tokens, and end. */
    private static void management(Examples examples) {
        for (String verb : new String[] {"list", "revoke"}) {
            String many = verb.equals("list") ? "listRefreshTokens" : "revokeTokens";
            examples.of(many + "ForUserAndClient", stock -> ofUser(given(stock)));
            examples.of(verb + "OAuth2TokensForApplication", stock -> ofApp(given(stock)));
            examples.of(
                    verb + "RefreshTokensForAuthorizationServerAndClient",
                    stock -> ofServer(given(stock)));
            String one = verb.equals("list") ? "get" : "revoke";
            examples.of(
                    (verb.equals("list") ? "getRefreshToken" : "revokeToken") + "ForUserAndClient",
                    stock -> {
                        Given given = given(stock);
                        return ofUser(given).and(TOKEN, given.tokenId());
                    });
            examples.of(
                    one + "OAuth2TokenForApplication",
                    stock -> {
                        Given given = given(stock);
                        return ofApp(given).and(TOKEN, given.tokenId()).query("expand=scope");
                    });
            examples.of(
                    one + "RefreshTokenForAuthorizationServerAndClient",
                    stock -> {
                        Given given = given(stock);
                        return ofServer(given).and(TOKEN, given.tokenId()).query("expand=scope");
                    });
        }
        examples.of(
                "listOAuth2ClientsForAuthorizationServer",
                stock -> Call.on("authServerId", given(stock).server()));
    }

    /** What people are asked, and what becomes of their answers. */
    private static void consents(Examples examples) {
        examples.of("consentByForm", stock -> answer(stock, "allow"));
        examples.of("consentByForm", stock -> answer(stock, "deny"));
        examples.answers("consentByForm", "text/html");
        for (String operation : new String[] {"listUserGrants", "revokeUserGrants"}) {
            examples.of(
                    operation,
                    stock -> Call.on("userId", Consenting.consented(stock.org()).user()));
        }
        for (String operation :
                new String[] {"listGrantsForUserAndClient", "revokeGrantsForUserAndClient"}) {
            examples.of(
                    operation,
                    stock -> {
                        Consenting given = Consenting.consented(stock.org());
                        return Call.on("userId", given.user()).and("clientId", given.app().id());
                    });
        }
        for (String operation : new String[] {"getUserGrant", "revokeUserGrant"}) {
            examples.of(
                    operation,
                    stock -> {
                        Consenting given = Consenting.consented(stock.org());
                        return Call.on("userId", given.user())
                                .and("grantId", given.grants().get(0).get("id").asString())
                                .query("expand=scope");
                    });
        }
    }

    private static Call answer(Stock stock, String decision) {
        Consenting asked = Consenting.of(stock.org());
        Answer page = asked.ask().expect(200);
        FormToken token = FormToken.of(page);
        return Call.plain()
                .signedIn(asked.cookie())
                .sending(
                        new Call.Form(
                                Consenting.form(page, decision) + "&formToken=" + token.token(),
                                token.cookie()));
    }

    /** A refresh token that a user has let an app have. */
    private record Given(String user, String app, String server, String tokenId) {}

    private static Given given(Stock stock) {
        String login = stock.activeLogin();
        String server = AuthorizationServerExamples.open(stock);
        ClientApp app = ClientApp.web(stock.org(), stock.name()).at("/oauth2/" + server);
        app.redeem(app.code(login)).expect(200);
        String user = stock.http().get("/api/v1/users/" + login).expect(200).text("id");
        String token =
                stock.http()
                        .get("/api/v1/apps/" + app.id() + "/tokens")
                        .expect(200)
                        .json()
                        .get(0)
                        .get("id")
                        .asString();
        return new Given(user, app.id(), server, token);
    }

    private static Call ofUser(Given given) {
        return Call.on("userId", given.user()).and("clientId", given.app());
    }

    private static Call ofApp(Given given) {
        return Call.on("appId", given.app());
    }

    private static Call ofServer(Given given) {
        return Call.on("authServerId", given.server()).and("clientId", given.app());
    }

    /** Clients that push what a browser is going to ask for. */
    private static void pushed(Examples examples) {
        examples.of(
                "par",
                stock -> {
                    ClientApp app = app(stock);
                    return Call.plain().sending(new Call.Form(ClientApp.form(app.request()), ""));
                });
        examples.of(
                "parCustomAS",
                stock -> {
                    ClientApp app = app(stock);
                    return Call.on(SERVER, AuthorizationServerExamples.made(stock))
                            .sending(new Call.Form(ClientApp.form(app.request()), ""));
                });
    }

    /** Devices, and people who activate them. */
    private static void devices(Examples examples) {
        examples.of(
                "deviceAuthorize",
                stock -> Call.plain().sending(device(Device.of(stock.org(), stock.name()))));
        examples.of(
                "deviceAuthorizeCustomAS",
                stock ->
                        Call.on(SERVER, AuthorizationServerExamples.made(stock))
                                .sending(device(Device.of(stock.org(), stock.name()))));
        examples.of("showActivatePage", stock -> Call.plain());
        examples.of(
                "showActivatePage",
                stock ->
                        Call.plain()
                                .signedIn(stock.cookie())
                                .query("user_code=" + userCode(stock)));
        examples.of(
                "activateByForm",
                stock -> {
                    FormToken token = FormToken.of(stock.org());
                    return Call.plain()
                            .sending(
                                    new Call.Form(
                                            "user_code=bcdf-ghjk&formToken=" + token.token(),
                                            token.cookie()));
                });
        for (String decision : new String[] {"allow", "deny"}) {
            examples.of(
                    "confirmActivationByForm",
                    stock -> {
                        FormToken token = FormToken.of(stock.org());
                        return Call.plain()
                                .signedIn(stock.cookie())
                                .sending(
                                        new Call.Form(
                                                "user_code="
                                                        + userCode(stock)
                                                        + "&decision="
                                                        + decision
                                                        + "&formToken="
                                                        + token.token(),
                                                token.cookie()));
                    });
        }
        for (String operation :
                new String[] {"showActivatePage", "activateByForm", "confirmActivationByForm"}) {
            examples.answers(operation, "text/html");
        }
    }

    private static Call.Form device(Device device) {
        return new Call.Form("scope=openid&client_id=" + device.app().id(), "");
    }

    private static String userCode(Stock stock) {
        return Device.of(stock.org(), stock.name()).begin("openid").get("user_code").asString();
    }

    /** Clients that come back with something, and one that comes back with an error. */
    private static void authorize(Examples examples) {
        for (String type : new String[] {"code", "id_token token"}) {
            examples.of("authorize", stock -> Call.plain().query(query(stock, "/oauth2", type)));
            examples.of(
                    "authorizeCustomAS",
                    stock -> {
                        String server = AuthorizationServerExamples.open(stock);
                        return Call.on(SERVER, server)
                                .query(query(stock, "/oauth2/" + server, type));
                    });
        }
        examples.of(
                "authorize",
                stock -> Call.plain().query(ClientApp.form(app(stock).request("prompt", "none"))));
        examples.of(
                "authorizeCustomAS",
                stock ->
                        Call.on(SERVER, AuthorizationServerExamples.made(stock))
                                .query(ClientApp.form(app(stock).request("prompt", "none"))));
        examples.of(
                "authorizeWithPost",
                stock -> Call.plain().sending(new Call.Form(query(stock, "/oauth2", "code"), "")));
        examples.of(
                "authorizeCustomASWithPost",
                stock -> {
                    String server = AuthorizationServerExamples.open(stock);
                    return Call.on(SERVER, server)
                            .sending(new Call.Form(query(stock, "/oauth2/" + server, "code"), ""));
                });
        examples.of("continueAuthorization", stock -> Call.plain().query(waiting(stock)));
        for (String operation :
                new String[] {
                    "authorize",
                    "authorizeWithPost",
                    "authorizeCustomAS",
                    "authorizeCustomASWithPost",
                    "continueAuthorization"
                }) {
            examples.answers(operation, "text/html");
        }
    }

    private static ClientApp app(Stock stock) {
        return ClientApp.page(stock.org(), stock.name());
    }

    private static String query(Stock stock, String base, String type) {
        ClientApp app = app(stock).at(base);
        Map<String, String> said = app.request("response_type", type);
        said.put("sessionToken", stock.sessionToken());
        return ClientApp.form(said);
    }

    /** The query with which a browser comes back. */
    private static String waiting(Stock stock) {
        ClientApp app = app(stock);
        String comeBack = ClientApp.said(ClientApp.answer(app.authorize(app.request())), "fromURI");
        return comeBack.substring(comeBack.indexOf('?') + 1);
    }

    private static void out(Examples examples) {
        examples.of("logout", stock -> Call.plain().query(hint(stock, "/oauth2")));
        examples.of(
                "logoutWithPost",
                stock -> Call.plain().sending(new Call.Form(hint(stock, "/oauth2"), "")));
        examples.of(
                "logoutCustomAS",
                stock -> {
                    String server = AuthorizationServerExamples.open(stock);
                    return Call.on(SERVER, server).query(hint(stock, "/oauth2/" + server));
                });
        examples.of(
                "logoutCustomASWithPost",
                stock -> {
                    String server = AuthorizationServerExamples.open(stock);
                    return Call.on(SERVER, server)
                            .sending(new Call.Form(hint(stock, "/oauth2/" + server), ""));
                });
        for (String operation :
                new String[] {
                    "logout", "logoutWithPost", "logoutCustomAS", "logoutCustomASWithPost"
                }) {
            examples.answers(operation, "text/html");
        }
    }

    private static String hint(Stock stock, String base) {
        ClientApp app = app(stock).at(base);
        String token = app.redeem(app.code(stock.activeLogin())).expect(200).text("id_token");
        return "id_token_hint=" + token;
    }

    private static void refused(Examples examples, String operation, String form) {
        examples.refused(
                operation,
                401,
                "invalid_client",
                UNTIL,
                stock -> {
                    Call call = Call.plain().sending(new Call.Form(form + CLIENT, ""));
                    return operation.endsWith("CustomAS")
                            ? call.and(SERVER, AuthorizationServerExamples.made(stock))
                            : call;
                });
    }
}
