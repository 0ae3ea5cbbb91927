package dev.ostiary.server.hooks.inline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.outbound.OutboundCall;
import dev.ostiary.platform.outbound.OutboundCall.Header;
import dev.ostiary.platform.outbound.OutboundResult;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.server.hooks.channel.HookCalls;
import dev.ostiary.server.hooks.keys.HookSigner;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gets an access token for each question, by client credentials: with the client's secret in the
 * body (RFC 6749, 2.3.1) or an assertion that a hook key signs (RFC 7523, 2.2). Thread-safe.
 */
public final class AccessTokens {

    private static final long ASSERTION_SECONDS = 300;
    private static final int JTI = 32;
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final HookCalls calls;
    private final HookSigner signer;
    private final Tokens random;
    private final InstantSource time;

    public AccessTokens(HookCalls calls, HookSigner signer, Tokens random, InstantSource time) {
        this.calls = calls;
        this.signer = signer;
        this.random = random;
        this.time = time;
    }

    /** A token, or why there is none. */
    sealed interface Got {
        record Token(String value) implements Got {}

        record None(String words) implements Got {}
    }

    Got get(Org org, OAuthConfig client, Optional<String> secret) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        String scope = client.scope();
        if (scope != null) {
            form.put("scope", scope);
        }
        form.put("client_id", client.clientId());
        switch (client.method()) {
            case CLIENT_SECRET_POST -> form.put("client_secret", secret.orElse(""));
            case PRIVATE_KEY_JWT -> {
                Optional<String> assertion = assertion(org, client);
                if (assertion.isEmpty()) {
                    return new Got.None("the hook key is gone");
                }
                form.put("client_assertion_type", ASSERTION_TYPE);
                form.put("client_assertion", assertion.get());
            }
        }
        OutboundCall call =
                OutboundCall.post(
                        URI.create(client.tokenUrl()),
                        List.of(new Header("Accept", "application/json")),
                        "application/x-www-form-urlencoded",
                        encoded(form).getBytes(UTF_8));
        return switch (calls.call(call)) {
            case OutboundResult.Answered answered when answered.status() == 200 ->
                    token(answered.body())
                            .<Got>map(Got.Token::new)
                            .orElse(new Got.None("the token endpoint gave no access token"));
            case OutboundResult other -> new Got.None("no access token: " + other.words());
        };
    }

    private Optional<String> assertion(Org org, OAuthConfig client) {
        @Nullable String key = client.keyId();
        if (key == null) {
            return Optional.empty();
        }
        Instant now = time.instant();
        ObjectNode claims =
                Json.object()
                        .put("iss", client.clientId())
                        .put("sub", client.clientId())
                        .put("aud", client.tokenUrl())
                        .put("jti", random.urlSafe(JTI))
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.getEpochSecond() + ASSERTION_SECONDS);
        return signer.jwt(org, key, claims);
    }

    /** One that can stand in a header. */
    private static Optional<String> token(byte[] body) {
        try {
            JsonNode token = Json.parse(body).path("access_token");
            return token.isString()
                            && !token.stringValue().isEmpty()
                            && token.stringValue().chars().allMatch(c -> c > ' ' && c < 127)
                    ? Optional.of(token.stringValue())
                    : Optional.empty();
        } catch (ApiException notJson) {
            return Optional.empty();
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
