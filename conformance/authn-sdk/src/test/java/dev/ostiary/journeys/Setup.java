package dev.ostiary.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What an administrator does before a journey: users, policies, a look into the outbox. */
final class Setup {

    static final String PASSWORD = "Sesame-open-42";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String org = required("OSTIARY_ORG_URL").replaceAll("/$", "");
    private final String token = required("OSTIARY_API_TOKEN");

    private static String required(String name) {
        String value = System.getenv(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException(
                    name + " is not set: start the journeys with .ci/authn-sdk-journeys");
        }
        return value;
    }

    String org() {
        return org;
    }

    JsonNode call(String method, String path, String body) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(org + path))
                        .header("Authorization", "SSWS " + token)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IOException(method + " " + path + ": " + response.body());
            }
            return JSON.readTree(response.body().isEmpty() ? "{}" : response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A word that nobody used before. */
    static String unique(String word) {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return word + "-" + HexFormat.of().formatHex(bytes);
    }

    /** The login of a user with a password and a recovery question. */
    String user() throws IOException {
        String login = unique("journey") + "@example.com";
        call(
                "POST",
                "/api/v1/users?activate=true",
                """
                {"profile":{"firstName":"Isaac","lastName":"Brock","email":"%1$s","login":"%1$s"},
                 "credentials":{"password":{"value":"%2$s"},
                  "recovery_question":{"question":"Where to?","answer":"Portland"}}}"""
                        .formatted(login, PASSWORD));
        return login;
    }

    /** A group whose members are asked for a factor at each sign-in, and may enrol two kinds. */
    String group() throws IOException {
        String group =
                call(
                                "POST",
                                "/api/v1/groups",
                                "{\"profile\":{\"name\":\"" + unique("journey") + "\"}}")
                        .path("id")
                        .asText();
        rule(
                policy("OKTA_SIGN_ON", group, ""),
                "SIGN_ON",
                """
                {"signon":{"access":"ALLOW","requireFactor":true,"factorPromptMode":"ALWAYS"}}""");
        rule(
                policy(
                        "MFA_ENROLL",
                        group,
                        """
                        ,"settings":{"type":"FACTORS","factors":{
                          "okta_question":{"enroll":{"self":"OPTIONAL"}},
                          "okta_otp":{"enroll":{"self":"OPTIONAL"}}}}"""),
                "MFA_ENROLL",
                "{\"enroll\":{\"self\":\"CHALLENGE\"}}");
        return group;
    }

    private String policy(String type, String group, String more) throws IOException {
        return call(
                        "POST",
                        "/api/v1/policies",
                        """
                        {"type":"%s","name":"%s",
                         "conditions":{"people":{"groups":{"include":["%s"]}}}%s}"""
                                .formatted(type, unique(type), group, more))
                .path("id")
                .asText();
    }

    private void rule(String policy, String type, String actions) throws IOException {
        call(
                "POST",
                "/api/v1/policies/" + policy + "/rules",
                "{\"type\":\"%s\",\"name\":\"%s\",\"actions\":%s}"
                        .formatted(type, unique("rule"), actions));
    }

    /** The id of an app of SAML that everyone has, and that asks for two factors. */
    String app() throws IOException {
        String app =
                call(
                                "POST",
                                "/api/v1/apps",
                                """
                                {"label":"%s","signOnMode":"SAML_2_0","settings":{"signOn":{
                                  "ssoAcsUrl":"https://sp.example.com/acs","audience":"urn:sp",
                                  "recipient":"https://sp.example.com/acs",
                                  "destination":"https://sp.example.com/acs",
                                  "idpIssuer":"http://www.okta.com/${org.externalKey}",
                                  "subjectNameIdTemplate":"${user.userName}",
                                  "subjectNameIdFormat":
                                    "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
                                  "responseSigned":true,"assertionSigned":true,
                                  "signatureAlgorithm":"RSA_SHA256","digestAlgorithm":"SHA256",
                                  "honorForceAuthn":true,"authnContextClassRef":
                                    "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"}}}"""
                                        .formatted(unique("App")))
                        .path("id")
                        .asText();
        String everyone =
                call("GET", "/api/v1/groups?q=Everyone", "").path(0).path("id").asText();
        call("PUT", "/api/v1/apps/" + app + "/groups/" + everyone, "");
        String policy =
                call(
                                "POST",
                                "/api/v1/policies",
                                "{\"type\":\"ACCESS_POLICY\",\"name\":\""
                                        + unique("two")
                                        + "\"}")
                        .path("id")
                        .asText();
        JsonNode rules = call("GET", "/api/v1/policies/" + policy + "/rules", "");
        ObjectNode last = (ObjectNode) rules.path(rules.size() - 1);
        last.set(
                "actions",
                JSON.readTree(
                        """
                        {"appSignOn":{"access":"ALLOW","verificationMethod":
                         {"type":"ASSURANCE","factorMode":"2FA","reauthenticateIn":"PT12H"}}}"""));
        call(
                "PUT",
                "/api/v1/policies/" + policy + "/rules/" + last.path("id").asText(),
                last.toString());
        call("PUT", "/api/v1/apps/" + app + "/policies/" + policy, "");
        return app;
    }

    /** What a browser is shown that follows a link, with the cookie that it is given there. */
    String entered(String href) throws IOException {
        HttpResponse<String> redirected = browse(href, "");
        String cookie = redirected.headers().firstValue("Set-Cookie").orElse("");
        String way = redirected.headers().firstValue("Location").orElseThrow();
        return browse(org + way, cookie.substring(0, cookie.indexOf(';') + 1)).body();
    }

    private HttpResponse<String> browse(String url, String cookie) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Accept", "text/html")
                        .header("Cookie", cookie)
                        .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The login of a user who is a member. */
    String member(String group) throws IOException {
        String login = user();
        String id = call("GET", "/api/v1/users/" + login, "").path("id").asText();
        call("PUT", "/api/v1/groups/" + group + "/users/" + id, "");
        return login;
    }

    /** A variable of the last mail to an address. */
    String mailed(String address, String variable) throws IOException {
        return call("GET", "/ostiary/v1/outbox?limit=1&to=" + address, "")
                .path(0)
                .path("variables")
                .path(variable)
                .asText();
    }
}
