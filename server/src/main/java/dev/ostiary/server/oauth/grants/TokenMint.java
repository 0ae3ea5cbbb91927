package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.server.oauth.grants.Grant.Commit;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.servers.Lifetimes;
import dev.ostiary.server.oauth.servers.TokenClaim.ClaimType;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes tokens, with the claims that the OpenID Connect API documents, in its order (Access token,
 * ID token). Thread-safe.
 */
final class TokenMint {

    private static final int JTI = 43;

    private final SigningKeys keys;
    private final TokenSigner signer;
    private final Tokens random;
    private final CustomClaims claims;

    TokenMint(SigningKeys keys, TokenSigner signer, Tokens random, CustomClaims claims) {
        this.keys = keys;
        this.signer = signer;
        this.random = random;
        this.claims = claims;
    }

    /**
     * What a request gets.
     *
     * @param jti of the access token
     * @param commit what has to be stored
     */
    record Minted(Reply reply, String jti, Instant expires, Commit commit) {}

    /**
     * Makes the tokens.
     *
     * @param thumbprint of the key that the access token is bound to (RFC 9449, 6.1)
     */
    Minted mint(
            TokenRequest asked,
            Entitlement entitlement,
            Lifetimes lifetimes,
            Optional<String> thumbprint) {
        Duration life = Duration.ofMinutes(lifetimes.accessToken());
        Instant expires = asked.now().plus(life);
        String jti = "AT." + random.urlSafe(JTI);
        ObjectNode payload = accessToken(asked, entitlement, jti, expires);
        thumbprint.ifPresent(value -> payload.putObject("cnf").put("jkt", value));
        String token =
                signer.sign(
                        keys.signer(
                                asked.org(),
                                asked.issuer().keyOwner(),
                                asked.issuer().schedule(),
                                asked.now()),
                        payload);
        Reply reply =
                Reply.ok(
                        out -> {
                            out.writeStartObject();
                            out.writeStringProperty(
                                    "token_type", thumbprint.isPresent() ? "DPoP" : "Bearer");
                            out.writeNumberProperty("expires_in", life.toSeconds());
                            out.writeStringProperty("access_token", token);
                            out.writeStringProperty(
                                    "scope", String.join(" ", entitlement.scopes()));
                            out.writeEndObject();
                        });
        return new Minted(reply, jti, expires, tx -> {});
    }

    private ObjectNode accessToken(
            TokenRequest asked, Entitlement entitlement, String jti, Instant expires) {
        Issuer issuer = asked.issuer();
        ObjectNode payload = Json.object();
        payload.put("ver", 1);
        payload.put("jti", jti);
        payload.put("iss", issuer.name());
        switch (issuer) {
            case Issuer.OfOrg own -> payload.put("aud", own.name());
            case Issuer.Custom custom -> payload.put("aud", custom.server().audience());
        }
        payload.put("iat", asked.now().getEpochSecond());
        payload.put("exp", expires.getEpochSecond());
        payload.put("cid", asked.client().id());
        entitlement.subject().ifPresent(user -> payload.put("uid", user.id()));
        ArrayNode scopes = payload.putArray("scp");
        entitlement.scopes().forEach(scopes::add);
        entitlement
                .subject()
                .ifPresent(user -> payload.put("auth_time", user.authenticated().getEpochSecond()));
        switch (issuer) {
            case Issuer.OfOrg own ->
                    payload.put(
                            "sub",
                            entitlement.subject().map(Subject::login).orElse(asked.client().id()));
            case Issuer.Custom custom ->
                    claims.add(
                            payload,
                            custom.server(),
                            ClaimType.RESOURCE,
                            claim -> true,
                            new ClaimFacts(
                                    asked.org(),
                                    asked.client(),
                                    entitlement.subject(),
                                    entitlement.scopes(),
                                    asked.now()));
        }
        return payload;
    }
}
