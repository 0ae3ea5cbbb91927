package dev.ostiary.conformance.oauth;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.pages.FormToken;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A device without a browser, and somebody who has one.
 *
 * @param app that runs on it
 */
public record Device(ClientApp app) {

    public static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    /** A new one at the org's own server. */
    public static Device of(Org org, String label) {
        return of(org, label, settings -> {}).at("/oauth2");
    }

    /** One whose app's settings say more, at the default server. */
    public static Device of(Org org, String label, ClientApp.Setting more) {
        return new Device(
                ClientApp.of(
                        org,
                        label,
                        "native",
                        "none",
                        settings -> {
                            settings.putArray("grant_types")
                                    .add("authorization_code")
                                    .add("implicit")
                                    .add("refresh_token")
                                    .add(GRANT);
                            more.say(settings);
                        }));
    }

    /** The same at another server. */
    public Device at(String base) {
        return new Device(app.at(base));
    }

    /** Asks for codes. */
    public JsonNode begin(String scope) {
        return app.ask("device/authorize", Map.of("scope", scope)).expect(200).json();
    }

    /** Asks whether somebody has said yes. */
    public Answer poll(JsonNode begun) {
        return app.token(
                Map.of("grant_type", GRANT, "device_code", begun.get("device_code").asString()));
    }

    /** The cookie of somebody's session. */
    public static String session(Org org, String login) {
        String line =
                org.nobody()
                        .get(
                                "/login/sessionCookieRedirect?redirectUrl=%2F&token="
                                        + ClientApp.sessionToken(org, login))
                        .expect(302)
                        .header("Set-Cookie")
                        .orElseThrow();
        return line.substring("sid=".length(), line.indexOf(';'));
    }

    /** The page that somebody sees who follows the link. */
    public static Answer page(Org org, String session, String userCode) {
        return org.nobody().with("Cookie", "sid=" + session).get("/activate?user_code=" + userCode);
    }

    /** Answers that page. */
    public static Answer answer(
            Org org, String session, Answer page, String userCode, String decision) {
        FormToken token = FormToken.of(page);
        return send(
                org,
                "/activate/confirm",
                token.cookie() + "; sid=" + session,
                Map.of("user_code", userCode, "decision", decision, "formToken", token.token()));
    }

    /** Sends a form. */
    public static Answer send(Org org, String path, String cookies, Map<String, String> fields) {
        return org.nobody()
                .with("Cookie", cookies)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", path, ClientApp.form(fields).getBytes(StandardCharsets.UTF_8));
    }

    /** Says yes, from the link to the end. */
    public static Answer activate(Org org, String session, JsonNode begun) {
        String userCode = begun.get("user_code").asString();
        return answer(org, session, page(org, session, userCode).expect(200), userCode, "allow");
    }
}
