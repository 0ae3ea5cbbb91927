package dev.ostiary.server.apps;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What holds between the settings and the credentials of an OAuth client (Apps API, "Add OAuth 2.0
 * client application"; RFC 6749, 2 and 3.1.2; RFC 7591, 2.1), and what is filled in where a client
 * says nothing. Pure rules.
 *
 * <p>The original allows a public client with an authorization code only as a native or browser
 * app; its words for that are kept. A service may register grants that need a browser, as the
 * official clients' own tests do; whoever comes by one is refused ({@code
 * invalid_client_application_type}).
 */
final class ClientRules {

    private static final String ROOT = "";
    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9$\\-_.+!*'(),]{6,100}");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]+");
    private static final int SHORTEST_SECRET = 14;
    private static final int LONGEST_SECRET = 100;

    /** RFC 7518, 3.2: a key of HS256 has the length of its hash. */
    private static final int SHORTEST_JWT_SECRET = 32;

    /** What needs somebody in front of a browser who comes back by a redirect. */
    private static final Set<String> REDIRECTING =
            Set.of("authorization_code", "implicit", "interaction_code");

    /** Where the documentation lets a client do without redirects. */
    private static final Set<String> WITHOUT_REDIRECT = Set.of("password", "client_credentials");

    private final ObjectNode settings;
    private final ObjectNode credentials;
    private final Reading reading;
    private final Set<String> grants;
    private final String type;

    private ClientRules(ObjectNode settings, ObjectNode credentials, Reading reading) {
        this.settings = settings;
        this.credentials = credentials;
        this.reading = reading;
        this.type = settings.path("application_type").asString("web");
        if (!settings.has("grant_types")) {
            settings.putArray("grant_types")
                    .add(type.equals("service") ? "client_credentials" : "authorization_code");
        }
        this.grants = words(settings.path("grant_types"));
    }

    /** Judges and completes both; what is wrong is told to the reading. */
    static void apply(ObjectNode settings, ObjectNode credentials, Reading reading) {
        ClientRules rules = new ClientRules(settings, credentials, reading);
        rules.grants();
        rules.responses();
        rules.redirects();
        rules.method();
        rules.identity();
        rules.refreshToken();
        rules.initiation();
        rules.logout();
    }

    private void grants() {
        if (grants.isEmpty()) {
            wrong("grant_types", "'grant_types' must have at least one value.");
        }
        if (type.equals("service")) {
            refuse(Set.of("refresh_token"));
            if (!grants.contains("client_credentials") && grants.stream().noneMatch(isExchange())) {
                wrong(
                        "grant_types",
                        "'client_credentials' is required when 'application_type' is 'service'.");
            }
        }
        if (type.equals("browser")) {
            refuse(Set.of("client_credentials"));
        }
        if (type.equals("native")) {
            refuse(Set.of("client_credentials"));
        }
    }

    /** Grants that take a token for a token need no other. */
    private static java.util.function.Predicate<String> isExchange() {
        return grant -> grant.startsWith("urn:") || grant.startsWith("http:");
    }

    private void refuse(Set<String> some) {
        for (String grant :
                List.of(
                        "authorization_code",
                        "implicit",
                        "interaction_code",
                        "refresh_token",
                        "client_credentials")) {
            if (some.contains(grant) && grants.contains(grant)) {
                wrong(
                        "grant_types",
                        "'%s' is not allowed when 'application_type' is '%s'."
                                .formatted(grant, type));
            }
        }
    }

    private void responses() {
        boolean code = grants.contains("authorization_code") || grants.contains("interaction_code");
        boolean implicit = grants.contains("implicit");
        if (!settings.has("response_types")) {
            ArrayNode types = settings.putArray("response_types");
            if (code) {
                types.add("code");
            }
            if (implicit) {
                types.add("id_token").add("token");
            }
            return;
        }
        Set<String> types = words(settings.path("response_types"));
        if (types.contains("code") && !code) {
            wrong("response_types", "'code' requires the grant type 'authorization_code'.");
        }
        if (grants.contains("authorization_code") && !types.contains("code") && needsRedirect()) {
            wrong(
                    "response_types",
                    "'code' is required when 'grant_types' contains 'authorization_code'.");
        }
        boolean tokens = types.contains("token") || types.contains("id_token");
        if (implicit && !tokens) {
            wrong(
                    "response_types",
                    "'token' or 'id_token' is required when 'grant_types' contains 'implicit'.");
        }
    }

    private boolean needsRedirect() {
        return grants.stream().anyMatch(REDIRECTING::contains)
                && grants.stream().noneMatch(WITHOUT_REDIRECT::contains);
    }

    private void redirects() {
        JsonNode uris = settings.path("redirect_uris");
        if (needsRedirect() && uris.isEmpty()) {
            wrong("redirect_uris", "'redirect_uris' must have at least one value.");
        }
        boolean wild = settings.path("wildcard_redirect").asString().equals("SUBDOMAIN");
        for (JsonNode uri : uris) {
            redirect(uri.asString(), wild);
        }
        for (JsonNode uri : settings.path("post_logout_redirect_uris")) {
            if (absolute(uri.asString()).isEmpty()) {
                wrong(
                        "post_logout_redirect_uris",
                        "'%s' is not an absolute URI.".formatted(uri.asString()));
            }
        }
    }

    private void redirect(String text, boolean wild) {
        boolean star = text.indexOf('*') >= 0;
        Optional<URI> uri = absolute(star && wild ? text.replace('*', 'x') : text);
        if (uri.isEmpty() || (star && !wild)) {
            wrong("redirect_uris", "'%s' is not an absolute URI.".formatted(text));
        } else if (uri.get().getRawFragment() != null) {
            wrong("redirect_uris", "'%s' must not include a fragment.".formatted(text));
        } else if (star && !isWildcard(text, uri.get())) {
            wrong(
                    "redirect_uris",
                    "'%s' may have one '*' in the lowest level of an https domain of at least three."
                            .formatted(text));
        }
    }

    /** {@code https}, one star, in the first label, with two labels at least behind it. */
    private static boolean isWildcard(String text, URI uri) {
        String host = uri.getHost();
        if (host == null || !uri.getScheme().toLowerCase(Locale.ROOT).equals("https")) {
            return false;
        }
        int star = text.indexOf('*');
        int begin = text.indexOf("://") + 3;
        int firstDot = text.indexOf('.', begin);
        return text.lastIndexOf('*') == star
                && star >= begin
                && star < firstDot
                && host.chars().filter(c -> c == '.').count() >= 2;
    }

    /** Custom schemes of native apps are opaque to Java, and absolute all the same. */
    private static Optional<URI> absolute(String text) {
        return Kind.Url.absolute(text);
    }

    private void method() {
        if (!credentials.has("token_endpoint_auth_method")) {
            credentials.put(
                    "token_endpoint_auth_method",
                    type.equals("browser") ? ClientForm.NONE : ClientForm.METHODS.getFirst());
        }
        String method = credentials.path("token_endpoint_auth_method").asString();
        boolean open = type.equals("browser") || type.equals("native");
        boolean secretNeeded =
                grants.contains("client_credentials")
                        || (!open && grants.contains("authorization_code"));
        if (method.equals(ClientForm.NONE) && secretNeeded) {
            List<String> valid = ClientForm.METHODS.subList(0, ClientForm.METHODS.size() - 1);
            wrong(
                    "token_endpoint_auth_method",
                    "'token_endpoint_auth_method' is invalid. Valid values: " + valid + ".");
        }
        if (method.equals(ClientForm.PRIVATE_KEY)
                && !settings.has("jwks_uri")
                && settings.path("jwks").path("keys").isEmpty()) {
            wrong(
                    "jwks",
                    "'jwks' or 'jwks_uri' is required when 'token_endpoint_auth_method' is"
                            + " 'private_key_jwt'.");
        }
        if (settings.has("jwks_uri") && settings.has("jwks")) {
            wrong("jwks_uri", "'jwks' and 'jwks_uri' can't be used together.");
        }
        pkce(method, open);
    }

    private void pkce(String method, boolean open) {
        if (!credentials.has("pkce_required")) {
            credentials.put("pkce_required", open || method.equals(ClientForm.NONE));
        }
        if (method.equals(ClientForm.NONE)
                && grants.contains("authorization_code")
                && !credentials.path("pkce_required").asBoolean()) {
            wrong(
                    "pkce_required",
                    "'pkce_required' must be 'true' when 'token_endpoint_auth_method' is 'none'.");
        }
    }

    private void identity() {
        JsonNode id = credentials.path("client_id");
        if (id.isString()
                && (!CLIENT_ID.matcher(id.stringValue()).matches()
                        || id.stringValue().equals("ALL_CLIENTS"))) {
            wrong(
                    "client_id",
                    "'client_id' must be 6 to 100 alphanumeric characters or any of $-_.+!*'(),.");
        }
        JsonNode secret = credentials.path("client_secret");
        if (secret.isString()) {
            secret(
                    secret.stringValue(),
                    credentials.path("token_endpoint_auth_method").asString(),
                    reading);
        }
    }

    /** What a secret may be that a client chooses (ApplicationSSOPublicKeys). */
    static void secret(String secret, String method, Reading reading) {
        if (method.equals(ClientForm.PRIVATE_KEY)) {
            reading.sentence(
                    "client_secret",
                    "'client_secret' can't be used when 'token_endpoint_auth_method' is"
                            + " 'private_key_jwt'.");
        } else if (!PRINTABLE.matcher(secret).matches()) {
            wrong(
                    "client_secret",
                    "''client_secret'' must only contain printable ASCII: [x20-x7E]+",
                    reading);
        } else if (secret.length() < SHORTEST_SECRET) {
            wrong(
                    "client_secret",
                    "'client_secret' must be at least '14' characters long.",
                    reading);
        } else if (secret.length() > LONGEST_SECRET) {
            wrong(
                    "client_secret",
                    "'client_secret' can't be more than '100' characters long.",
                    reading);
        } else if (method.equals(ClientForm.SECRET_JWT) && secret.length() < SHORTEST_JWT_SECRET) {
            wrong(
                    "client_secret",
                    "'client_secret' must be at least '32' characters long when"
                            + " 'token_endpoint_auth_method' is 'client_secret_jwt'.",
                    reading);
        }
    }

    /** There exactly while refresh tokens are granted; single-page apps rotate them. */
    private void refreshToken() {
        if (!grants.contains("refresh_token")) {
            settings.remove("refresh_token");
        } else if (!settings.has("refresh_token")) {
            settings.set(
                    "refresh_token",
                    Json.object()
                            .put("rotation_type", type.equals("browser") ? "ROTATE" : "STATIC")
                            .put("leeway", 30));
        }
    }

    private void initiation() {
        boolean disabled =
                settings.path("idp_initiated_login").path("mode").asString().equals("DISABLED");
        if (!disabled && !settings.has("initiate_login_uri")) {
            wrong(
                    "initiate_login_uri",
                    "'initiate_login_uri' is required when 'idp_initiated_login' is enabled.");
        }
    }

    /** Schema {@code OpenIdConnectApplicationSettingsClient}, {@code participate_slo}. */
    private void logout() {
        boolean takesPart = settings.path("participate_slo").asBoolean(false);
        if (takesPart && !type.equals("web") && !type.equals("browser")) {
            wrong(
                    "participate_slo",
                    "'participate_slo' is not allowed when 'application_type' is '%s'."
                            .formatted(type));
        }
        if (takesPart && !settings.has("frontchannel_logout_uri")) {
            wrong(
                    "frontchannel_logout_uri",
                    "'frontchannel_logout_uri' is required when 'participate_slo' is enabled.");
        }
    }

    private void wrong(String field, String message) {
        wrong(field, message, reading);
    }

    private static void wrong(String field, String message, Reading reading) {
        reading.wrong(Path.root(ROOT).field(field), message);
    }

    static Set<String> words(JsonNode array) {
        return Set.copyOf(array.valueStream().map(JsonNode::asString).toList());
    }
}
