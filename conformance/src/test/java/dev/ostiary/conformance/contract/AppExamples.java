package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The tag Application: an app of each mode of sign-on. */
final class AppExamples implements Examples.Family {

    static final String APPS = "/api/v1/apps";
    static final String VARIABLE = "appId";

    @Override
    public void say(Examples examples) {
        examples.of("listApplications", stock -> Call.plain().query("limit=2"));
        examples.of(
                "listApplications",
                stock -> {
                    client(stock);
                    return Call.plain()
                            .query("q=stock&includeNonDeleted=true&useOptimization=true");
                });
        examples.of(
                "listApplications",
                stock -> Call.plain().query("filter=status+eq+%22ACTIVE%22&limit=200"));
        examples.of("createApplication", stock -> Call.plain().body(web(stock)));
        for (String body :
                new String[] {
                    service(),
                    saml(),
                    bookmark(),
                    basic(),
                    plugin(),
                    threeFields(),
                    post(),
                    login(),
                    federation(),
                    catalogue()
                }) {
            examples.of("createApplication", stock -> Call.plain().body(labelled(stock, body)));
        }
        examples.of("getApplication", stock -> Call.on(VARIABLE, client(stock)));
        examples.of("getApplication", stock -> Call.on(VARIABLE, make(stock, saml())));
        examples.of(
                "replaceApplication",
                stock -> {
                    ObjectNode other = web(stock);
                    return Call.on(VARIABLE, client(stock)).body(other);
                });
        examples.of("activateApplication", stock -> Call.on(VARIABLE, asleep(stock)));
        examples.of("deactivateApplication", stock -> Call.on(VARIABLE, client(stock)));
        examples.of("deleteApplication", stock -> Call.on(VARIABLE, asleep(stock)));
        examples.of(
                "assignApplicationPolicy",
                stock -> Call.on(VARIABLE, client(stock)).and("policyId", accessPolicy(stock)));
        examples.answers("getApplicationLogo", "image/png");
        examples.of("getApplicationLogo", stock -> Call.on("fileName", "default.png"));
    }

    private static String accessPolicy(Stock stock) {
        return stock.http()
                .post(
                        "/api/v1/policies",
                        Json.object().put("type", "ACCESS_POLICY").put("name", stock.name()))
                .expect(200)
                .text("id");
    }

    /** The id of a new web client. */
    static String client(Stock stock) {
        return made(stock, web(stock));
    }

    /** The id of a new app. */
    static String make(Stock stock, String body) {
        return made(stock, labelled(stock, body));
    }

    private static String made(Stock stock, ObjectNode body) {
        return stock.http().post(APPS, body).expect(200).text("id");
    }

    /** The id of a new app that is not active. */
    static String asleep(Stock stock) {
        return stock.http()
                .post(APPS + "?activate=false", labelled(stock, bookmark()))
                .expect(200)
                .text("id");
    }

    private static ObjectNode labelled(Stock stock, String body) {
        return ((ObjectNode) Json.parse(body)).put("label", stock.name());
    }

    static ObjectNode web(Stock stock) {
        return labelled(
                stock,
                """
                {"name": "oidc_client", "signOnMode": "OPENID_CONNECT",
                 "accessibility": {"selfService": false, "errorRedirectUrl": null},
                 "visibility": {"autoSubmitToolbar": false, "hide": {"iOS": true, "web": true}},
                 "credentials": {"oauthClient": {
                    "token_endpoint_auth_method": "client_secret_post"}},
                 "profile": {"label": "oauth2 client app 1"},
                 "settings": {"oauthClient": {"client_uri": "http://localhost:8080",
                    "redirect_uris": ["https://example.com/oauth2/callback"],
                    "post_logout_redirect_uris": ["https://example.com/oauth2/done"],
                    "response_types": ["code"],
                    "grant_types": ["authorization_code", "refresh_token"],
                    "application_type": "web", "consent_method": "REQUIRED"}}}""");
    }

    static String service() {
        return """
               {"name": "oidc_client", "signOnMode": "OPENID_CONNECT",
                "credentials": {"oauthClient": {"token_endpoint_auth_method": "private_key_jwt"}},
                "settings": {"oauthClient": {"grant_types": ["client_credentials"],
                   "application_type": "service", "jwks": {"keys": [
                      {"kty": "RSA", "kid": "stock", "use": "sig", "e": "AQAB", "n": "%s"}]}}}}"""
                .formatted("w".repeat(342));
    }

    static String saml() {
        return """
               {"signOnMode": "SAML_2_0", "features": [],
                "visibility": {"autoSubmitToolbar": false, "hide": {"iOS": false, "web": false}},
                "settings": {"signOn": {"defaultRelayState": "",
                   "ssoAcsUrl": "https://sp.example.com/acs",
                   "idpIssuer": "http://www.okta.com/${org.externalKey}",
                   "audience": "urn:sp", "recipient": "https://sp.example.com/acs",
                   "destination": "https://sp.example.com/acs",
                   "subjectNameIdTemplate": "${user.userName}",
                   "subjectNameIdFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
                   "responseSigned": true, "assertionSigned": true,
                   "signatureAlgorithm": "RSA_SHA256", "digestAlgorithm": "SHA256",
                   "honorForceAuthn": true,
                   "authnContextClassRef":
                      "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
                   "allowMultipleAcsEndpoints": true,
                   "acsEndpoints": [{"url": "https://sp.example.com/acs", "index": 0}],
                   "attributeStatements": [{"type": "EXPRESSION", "name": "mail",
                      "namespace": "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified",
                      "values": ["user.email"]}]}}}""";
    }

    static String bookmark() {
        return """
               {"name": "bookmark", "signOnMode": "BOOKMARK",
                "settings": {"app": {"requestIntegration": false, "url": "https://example.com"}}}""";
    }

    private static String basic() {
        return """
               {"name": "template_basic_auth", "signOnMode": "BASIC_AUTH",
                "settings": {"app": {"url": "https://example.com/login",
                   "authURL": "https://example.com/auth"}}}""";
    }

    static String plugin() {
        return """
               {"name": "template_swa", "signOnMode": "BROWSER_PLUGIN",
                "settings": {"app": {"buttonField": "btn", "passwordField": "pw",
                   "usernameField": "user", "url": "https://example.com/login",
                   "loginUrlRegex": "^https://example"}}}""";
    }

    private static String threeFields() {
        return """
               {"name": "template_swa3field", "signOnMode": "BROWSER_PLUGIN",
                "settings": {"app": {"buttonSelector": "#btn", "passwordSelector": "#pw",
                   "userNameSelector": "#user", "targetURL": "https://example.com/login",
                   "extraFieldSelector": ".more", "extraFieldValue": "x"}}}""";
    }

    private static String post() {
        return """
               {"name": "template_sps", "signOnMode": "SECURE_PASSWORD_STORE",
                "credentials": {"scheme": "SHARED_USERNAME_AND_PASSWORD", "userName": "all",
                   "password": {"value": "one for all"}},
                "settings": {"app": {"url": "https://example.com/login", "passwordField": "#pw",
                   "usernameField": "#user", "optionalField1": "p1", "optionalField1Value": "v"}}}""";
    }

    private static String login() {
        return """
               {"signOnMode": "AUTO_LOGIN",
                "visibility": {"autoSubmitToolbar": false, "hide": {"iOS": false, "web": false}},
                "settings": {"signOn": {"redirectUrl": "http://second.example.com",
                   "loginUrl": "http://first.example.com"}}}""";
    }

    static ObjectNode passive(Stock stock) {
        return labelled(stock, federation());
    }

    private static String federation() {
        return """
               {"name": "template_wsfed", "signOnMode": "WS_FEDERATION",
                "settings": {"app": {"audienceRestriction": "urn:example:app", "groupName": null,
                   "groupValueFormat": "windowsDomainQualifiedName", "realm": "urn:example:app",
                   "wReplyURL": "https://example.com/", "attributeStatements": null,
                   "nameIDFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
                   "authnContextClassRef":
                      "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
                   "siteURL": "https://example.com", "wReplyOverride": false, "groupFilter": null,
                   "usernameAttribute": "username"}}}""";
    }

    static String catalogue() {
        return """
               {"name": "okta_org2org", "signOnMode": "SAML_2_0",
                "settings": {"app": {"acsUrl": "https://example.okta.com/sso/saml2/exampleid",
                   "audRestriction": "https://www.okta.com/saml2/service-provider/exampleid",
                   "baseUrl": "https://example.okta.com"}}}""";
    }
}
