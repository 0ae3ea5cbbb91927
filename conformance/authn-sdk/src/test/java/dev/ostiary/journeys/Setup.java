package dev.ostiary.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
