package dev.ostiary.conformance.saml;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A service that lets users in by SAML, and what it knows of the app that it is to the org. */
public record Service(Org org, String appId, String path, String certificate) {

    static final String ACS = "https://sp.example.com/acs";
    static final String ENTITY = "urn:sp";

    private static final Pattern FIELD =
            Pattern.compile("<input[^>]*name=\"([A-Za-z]+)\"[^>]*value=\"([^\"]*)\"");

    /** A service that the whole org has. */
    public static Service of(Org org, String label, Consumer<ObjectNode> more) {
        return assigned(org, app(label, more), "saml");
    }

    /** A service that nobody has yet. */
    public static Service unassigned(Org org, String label, Consumer<ObjectNode> more) {
        return of(org, app(label, more), "saml");
    }

    /** A service that everybody may use without being assigned. */
    public static Service forEveryone(Org org, String label) {
        ObjectNode app = app(label, more -> {});
        ((ObjectNode) app.get("settings")).put("implicitAssignment", true);
        return of(org, app, "saml");
    }

    private static ObjectNode app(String label, Consumer<ObjectNode> more) {
        ObjectNode app = Json.object().put("label", label).put("signOnMode", "SAML_2_0");
        ObjectNode signOn = app.putObject("settings").putObject("signOn");
        signOn.put("ssoAcsUrl", ACS).put("audience", ENTITY).put("recipient", ACS);
        signOn.put("destination", ACS).put("idpIssuer", "http://www.okta.com/${org.externalKey}");
        signOn.put("subjectNameIdTemplate", "${user.userName}");
        signOn.put("subjectNameIdFormat", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress");
        signOn.put("responseSigned", true).put("assertionSigned", true);
        signOn.put("signatureAlgorithm", "RSA_SHA256").put("digestAlgorithm", "SHA256");
        signOn.put("honorForceAuthn", true);
        signOn.put(
                "authnContextClassRef",
                "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport");
        more.accept(signOn);
        return app;
    }

    /** The app of another protocol, which the whole org has. */
    public static Service assigned(Org org, ObjectNode app, String protocol) {
        JsonNode everyone = org.http().get("/api/v1/groups?q=Everyone").expect(200).json().get(0);
        Service service = of(org, app, protocol);
        org.http()
                .put("/api/v1/apps/" + service.appId + "/groups/" + everyone.get("id").asString())
                .expect(200);
        return service;
    }

    private static Service of(Org org, ObjectNode app, String protocol) {
        JsonNode made = org.http().post("/api/v1/apps", app).expect(200).json();
        String id = made.get("id").asString();
        String key = "exk" + id.substring(3);
        String kid = Json.at(made, "credentials.signing.kid").asString();
        String certificate =
                org.http()
                        .get("/api/v1/apps/" + id + "/credentials/keys/" + kid)
                        .expect(200)
                        .json()
                        .get("x5c")
                        .get(0)
                        .asString();
        return new Service(
                org,
                id,
                "/app/" + made.get("name").asString() + "/" + key + "/sso/" + protocol,
                certificate);
    }

    /** What the identity provider is called. */
    String issuer() {
        return "http://www.okta.com/exk" + appId.substring(3);
    }

    /** A request. */
    public static String request(String id, String attributes) {
        return "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\""
                + " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\""
                + id
                + "\" Version=\"2.0\" IssueInstant=\""
                + Instant.now()
                + "\" "
                + attributes
                + "><saml:Issuer>"
                + ENTITY
                + "</saml:Issuer></samlp:AuthnRequest>";
    }

    /** A request to log out. */
    public static String logout(String id) {
        return request(id, "")
                .replace("AuthnRequest", "LogoutRequest")
                .replace("</samlp:L", "<saml:NameID>somebody</saml:NameID></samlp:L");
    }

    /** A request by a form. */
    public static String posted(String xml, String relayState) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(
                "SAMLRequest",
                Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8)));
        fields.put("RelayState", relayState);
        return form(fields);
    }

    /** A request by the query of a URL. */
    public static String query(String xml, String relayState) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("SAMLRequest", deflated(xml));
        said.put("RelayState", relayState);
        return form(said);
    }

    public static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(
                        each ->
                                each.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static String deflated(String xml) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(xml.getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[1024];
        while (!deflater.finished()) {
            out.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    /** A browser in which somebody is signed in. */
    public static Http browser(Org org, String login) {
        String token = ClientApp.sessionToken(org, login);
        String cookie =
                org.nobody()
                        .get(
                                "/login/sessionCookieRedirect?redirectUrl=%2Fapp%2FUserHome&token="
                                        + token)
                        .expect(302)
                        .header("Set-Cookie")
                        .orElseThrow();
        return org.nobody()
                .with("Accept", "text/html")
                .with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    }

    /** Sends a browser with a request in the query. */
    public Answer ask(Http browser, String query) {
        return browser.get(path + "?" + query);
    }

    /** Sends a browser with a request in a form, as a page of the service does. */
    Answer post(Http browser, String xml, String relayState) {
        return form(browser, posted(xml, relayState));
    }

    /** Sends a browser with the fields of a form. */
    Answer form(Http browser, String fields) {
        return browser.with("Content-Type", "application/x-www-form-urlencoded")
                .with("Origin", "https://sp.example.com")
                .send("POST", path, fields.getBytes(StandardCharsets.UTF_8));
    }

    /** Where a browser asks to be logged out. */
    String logoutPath() {
        return path.replace("/sso/saml", "/slo/saml");
    }

    /** What a page posts to the service. */
    static Map<String, String> posted(Answer page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher matcher = FIELD.matcher(page.text());
        while (matcher.find()) {
            fields.put(matcher.group(1), plain(matcher.group(2)));
        }
        return fields;
    }

    private static String plain(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** The response on a page. */
    Response response(Answer page) {
        return Response.of(
                Optional.ofNullable(posted(page).get("SAMLResponse")).orElseThrow(), certificate);
    }
}
