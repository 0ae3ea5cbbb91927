package dev.ostiary.conformance.harness;

import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An application that signs people in, as it talks to an authorization server. Everyone is assigned
 * to it. Immutable.
 *
 * @param id the app's id, which is its {@code client_id} too
 * @param secret empty for one that cannot keep any
 * @param base the path before {@code /v1/…}, such as {@code /oauth2/default}
 */
public record ClientApp(Org org, String id, String secret, String base) {

    public static final String CALLBACK = "https://app.example.com/callback";
    public static final String DONE = "https://app.example.com/done";

    /** RFC 7636, appendix B. */
    public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CUSTOM = "/oauth2/default";

    /** A web application at the default server. */
    public static ClientApp web(Org org, String label) {
        return of(org, label, "web", "client_secret_basic", settings -> {});
    }

    /** A page that runs in browsers, at the default server. */
    public static ClientApp page(Org org, String label) {
        return of(org, label, "browser", "none", settings -> {});
    }

    /** Says more of an app's settings. */
    @FunctionalInterface
    public interface Setting {
        void say(ObjectNode oauthClient);
    }

    /** Any application. */
    public static ClientApp of(Org org, String label, String type, String method, Setting more) {
        ObjectNode app =
                Json.object()
                        .put("name", "oidc_client")
                        .put("label", label)
                        .put("signOnMode", "OPENID_CONNECT");
        app.putObject("credentials")
                .putObject("oauthClient")
                .put("token_endpoint_auth_method", method);
        ObjectNode settings = app.putObject("settings").putObject("oauthClient");
        settings.put("application_type", type);
        settings.putArray("redirect_uris").add(CALLBACK);
        settings.putArray("post_logout_redirect_uris").add(DONE);
        texts(settings.putArray("response_types"), "code", "token", "id_token");
        texts(settings.putArray("grant_types"), "authorization_code", "implicit", "refresh_token");
        more.say(settings);
        JsonNode made = org.http().post("/api/v1/apps", app).expect(200).json();
        String id = made.get("id").asString();
        String everyone =
                org.http()
                        .get("/api/v1/groups?q=Everyone")
                        .expect(200)
                        .json()
                        .get(0)
                        .get("id")
                        .asString();
        org.http().put("/api/v1/apps/" + id + "/groups/" + everyone).expect(200);
        return new ClientApp(
                org,
                id,
                Json.at(made, "credentials.oauthClient.client_secret").asString(""),
                CUSTOM);
    }

    private static void texts(ArrayNode array, String... values) {
        for (String value : values) {
            array.add(value);
        }
    }

    /** A new scope of the default server, of which users are asked in these words. */
    public static String askedScope(Org org, String words) {
        String name = "asked" + Long.toString(System.nanoTime(), 36);
        org.http()
                .post(
                        "/api/v1/authorizationServers/default/scopes",
                        Json.object()
                                .put("name", name)
                                .put("displayName", words)
                                .put("consent", "REQUIRED"))
                .expect(201);
        return name;
    }

    /** The same at another server. */
    public ClientApp at(String otherBase) {
        return new ClientApp(org, id, secret, otherBase);
    }

    /** The same at the org's own server. */
    public ClientApp atOrg() {
        return at("/oauth2");
    }

    /** The same as a page of an origin. */
    public ClientApp from(String origin) {
        return new ClientApp(
                new Org(
                        org.id(),
                        org.name(),
                        org.url(),
                        org.adminLogin(),
                        org.adminPassword(),
                        org.apiToken(),
                        org.http(),
                        org.nobody().with("Origin", origin)),
                id,
                secret,
                base);
    }

    /** A session token of somebody who has just signed in. */
    public static String sessionToken(Org org, String login) {
        return org.nobody()
                .post(
                        "/api/v1/authn",
                        Json.object().put("username", login).put("password", Directory.PASSWORD))
                .expect(200)
                .text("sessionToken");
    }

    /** What a code flow begins with. */
    public Map<String, String> request() {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("client_id", id);
        said.put("redirect_uri", CALLBACK);
        said.put("response_type", "code");
        said.put("scope", "openid profile email offline_access");
        said.put("state", "a-state");
        said.put("nonce", "a-nonce");
        said.put("code_challenge", challenge(VERIFIER));
        said.put("code_challenge_method", "S256");
        return said;
    }

    /** The same with other values, in pairs; an empty one takes a parameter away. */
    public Map<String, String> request(String... others) {
        Map<String, String> said = request();
        for (int i = 0; i < others.length; i += 2) {
            if (others[i + 1].isEmpty()) {
                said.remove(others[i]);
            } else {
                said.put(others[i], others[i + 1]);
            }
        }
        return said;
    }

    /** Sends a browser that has nothing to the authorization endpoint. */
    public Answer authorize(Map<String, String> said) {
        return authorize(org.nobody(), said);
    }

    /** Sends a browser to the authorization endpoint. */
    public Answer authorize(Http browser, Map<String, String> said) {
        return browser.get(base + "/v1/authorize?" + form(said));
    }

    /** A code for somebody, by a session token. */
    public String code(String login, String... others) {
        Map<String, String> said = request(others);
        said.put("sessionToken", sessionToken(org, login));
        return said(answer(authorize(said).expect(302)), "code");
    }

    /** A value of an answer that has to be there. */
    public static String said(Map<String, String> answer, String name) {
        String value = answer.get(name);
        if (value == null) {
            throw new AssertionError("no " + name + " in " + answer.keySet());
        }
        return value;
    }

    /** What came back to the callback, in the query or in the fragment. */
    public static Map<String, String> answer(Answer redirect) {
        URI uri = URI.create(redirect.header("Location").orElseThrow());
        String raw = uri.getRawQuery() == null ? uri.getRawFragment() : uri.getRawQuery();
        Map<String, String> answer = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            answer.put(
                    pair.substring(0, equals),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return answer;
    }

    /** Redeems a code. */
    public Answer redeem(String code) {
        return token(
                Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", CALLBACK,
                        "code_verifier", VERIFIER));
    }

    /** Uses a refresh token. */
    public Answer refresh(String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    /** Asks the token endpoint. */
    public Answer token(Map<String, String> said) {
        return ask("token", said);
    }

    /** Asks an endpoint in the client's own name. */
    public Answer ask(String endpoint, Map<String, String> said) {
        Map<String, String> all = new LinkedHashMap<>(said);
        Http http = org.nobody().with("Content-Type", "application/x-www-form-urlencoded");
        if (secret.isEmpty()) {
            all.put("client_id", id);
        } else {
            http =
                    http.with(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(
                                                    (id + ":" + secret)
                                                            .getBytes(StandardCharsets.UTF_8)));
        }
        return http.send(
                "POST", base + "/v1/" + endpoint, form(all).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a token is active. */
    public boolean isActive(String token) {
        return ask("introspect", Map.of("token", token))
                .expect(200)
                .json()
                .get("active")
                .asBoolean();
    }

    /** Parameters as they are sent. */
    public static String form(Map<String, String> said) {
        StringBuilder text = new StringBuilder();
        said.forEach(
                (name, value) ->
                        text.append(text.isEmpty() ? "" : "&")
                                .append(name)
                                .append('=')
                                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    /** The claims of a token, unverified. */
    public static JsonNode claims(String jwt) {
        return Json.parse(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]));
    }

    /** Whether a key that the server publishes has signed a token (RFC 7518, 3.3). */
    public boolean isSigned(String jwt) {
        String[] parts = jwt.split("\\.");
        String kid = Json.parse(Base64.getUrlDecoder().decode(parts[0])).get("kid").asString();
        for (JsonNode key : org.nobody().get(base + "/v1/keys").expect(200).json().get("keys")) {
            if (key.get("kid").asString().equals(kid)) {
                return isSignedBy(key, parts);
            }
        }
        return false;
    }

    private static boolean isSignedBy(JsonNode key, String[] parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(
                    KeyFactory.getInstance("RSA")
                            .generatePublic(
                                    new RSAPublicKeySpec(number(key, "n"), number(key, "e"))));
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger number(JsonNode key, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.get(name).asString()));
    }

    /** RFC 7636, 4.2. */
    public static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
    }

    /** The left half of the hash of a token (OpenID Connect Core 1.0, 3.1.3.6). */
    public static String halfHash(String token) {
        byte[] half = new byte[16];
        System.arraycopy(sha256(token), 0, half, 0, half.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(half);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
