package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.server.oauth.clients.AppClaim;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import dev.ostiary.server.oauth.keys.SigningKey;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.servers.Lifetimes;
import dev.ostiary.server.oauth.servers.TokenClaim.ClaimType;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes access tokens and ID tokens, with the claims that the OpenID Connect API documents, in its
 * order. Thread-safe.
 */
public final class TokenMint {

    private static final int JTI = 43;

    /** OpenID Connect API, "Token lifetime". */
    private static final Duration ID_TOKEN_LIFE = Duration.ofMinutes(60);

    /** Type of an identity assertion, as the log has it. */
    static final String ID_JAG = "id_jag";

    private final SigningKeys keys;
    private final TokenSigner signer;
    private final Tokens random;
    private final CustomClaims claims;
    private final ClientRegistry registry;
    private final Envelopes envelopes;

    TokenMint(
            SigningKeys keys,
            TokenSigner signer,
            Tokens random,
            CustomClaims claims,
            ClientRegistry registry,
            Envelopes envelopes) {
        this.envelopes = envelopes;
        this.keys = keys;
        this.signer = signer;
        this.random = random;
        this.claims = claims;
        this.registry = registry;
    }

    /**
     * A token that was made.
     *
     * @param type as the log has it
     * @param jti its id
     */
    public record Minted(String type, String text, String jti, Duration life, Instant expires) {

        /** Says nothing of the text. */
        @Override
        public String toString() {
            return type + "[" + jti + "]";
        }
    }

    /**
     * What an ID token comes with.
     *
     * @param accessToken at whose other end the rest of the claims is (OpenID Connect Core 1.0,
     *     5.4), if there is one
     * @param code that came with it from the authorization endpoint, if one did
     * @param nonce of the request
     */
    public record Companions(
            Optional<String> accessToken, Optional<String> code, Optional<String> nonce) {}

    /**
     * An access token, encrypted where its server wants that. Not to be made in a transaction.
     *
     * @param subject the user; none for a client that acts for itself
     * @param refreshToken id of the refresh token that it comes with, if there is one
     * @param thumbprint of the key that it is bound to (RFC 9449, 6.1)
     */
    public Minted accessToken(
            Recipient to,
            Optional<Subject> subject,
            List<String> scopes,
            Lifetimes lifetimes,
            Optional<String> refreshToken,
            Optional<String> thumbprint) {
        Duration life = Duration.ofMinutes(lifetimes.accessToken());
        Instant expires = to.now().plus(life);
        String jti = IssuedTokens.jti(random.urlSafe(JTI), refreshToken);
        ObjectNode payload = accessClaims(to, subject, scopes, jti, expires);
        thumbprint.ifPresent(value -> payload.putObject("cnf").put("jkt", value));
        String text = envelopes.accessToken(to, sign(to, payload));
        return new Minted("access_token", text, jti, life, expires);
    }

    private ObjectNode accessClaims(
            Recipient to,
            Optional<Subject> subject,
            List<String> granted,
            String jti,
            Instant expires) {
        Issuer issuer = to.issuer();
        ObjectNode payload = Json.object();
        payload.put("ver", 1);
        payload.put("jti", jti);
        payload.put("iss", issuer.name());
        switch (issuer) {
            case Issuer.OfOrg own -> payload.put("aud", own.name());
            case Issuer.Custom custom -> payload.put("aud", custom.server().audience());
        }
        payload.put("iat", to.now().getEpochSecond());
        payload.put("exp", expires.getEpochSecond());
        payload.put("cid", to.client().id());
        subject.ifPresent(user -> payload.put("uid", user.id()));
        ArrayNode scopes = payload.putArray("scp");
        granted.forEach(scopes::add);
        subject.ifPresent(user -> payload.put("auth_time", user.authenticated().getEpochSecond()));
        subject.flatMap(Subject::acr).ifPresent(value -> payload.put("acr", value));
        switch (issuer) {
            case Issuer.OfOrg own ->
                    payload.put("sub", subject.map(Subject::login).orElse(to.client().id()));
            case Issuer.Custom custom ->
                    claims.add(
                            payload,
                            custom.server(),
                            ClaimType.RESOURCE,
                            claim -> true,
                            facts(to, subject, granted));
        }
        return payload;
    }

    /**
     * An ID token (OpenID Connect Core 1.0, 2), encrypted where its client wants that. Not to be
     * made in a transaction.
     */
    public Minted idToken(Recipient to, Subject user, List<String> scopes, Companions with) {
        Instant expires = to.now().plus(ID_TOKEN_LIFE);
        String jti = "ID." + random.urlSafe(JTI);
        ObjectNode payload = Json.object();
        payload.put("ver", 1);
        payload.put("sub", user.id());
        payload.put("iss", to.issuer().name());
        payload.put("aud", to.client().id());
        payload.put("iat", to.now().getEpochSecond());
        payload.put("exp", expires.getEpochSecond());
        ArrayNode methods = payload.putArray("amr");
        user.amr().forEach(methods::add);
        user.acr().ifPresent(value -> payload.put("acr", value));
        payload.put("jti", jti);
        payload.put("auth_time", user.authenticated().getEpochSecond());
        payload.put("idp", to.org().id());
        user.sid().ifPresent(value -> payload.put("sid", value));
        with.nonce().ifPresent(value -> payload.put("nonce", value));
        with.accessToken().ifPresent(token -> payload.put("at_hash", HalfHash.of(token)));
        with.code().ifPresent(code -> payload.put("c_hash", HalfHash.of(code)));
        about(payload, to, user, scopes, with.accessToken().isPresent());
        ofApp(payload, to, user, scopes);
        String text = envelopes.idToken(to, sign(to, payload));
        return new Minted("id_token", text, jti, ID_TOKEN_LIFE, expires);
    }

    /** What the app wants to be told beside it; of what a user is in the app, as it is now. */
    private void ofApp(ObjectNode payload, Recipient to, Subject user, List<String> scopes) {
        List<AppClaim> wanted = registry.claims(to.org(), to.client());
        if (!wanted.isEmpty()) {
            Subject known =
                    user.appUser().isPresent()
                            ? user
                            : user.in(registry.appUser(to.org(), to.client(), user.id()));
            claims.addOfApp(payload, wanted, facts(to, Optional.of(known), scopes));
        }
    }

    /**
     * What scopes tell of a user ("Scope-dependent claims").
     *
     * @param less whether the rest can be asked for with an access token
     */
    void about(ObjectNode into, Recipient to, Subject user, List<String> scopes, boolean less) {
        switch (to.issuer()) {
            case Issuer.OfOrg own -> claims.addStandard(into, user, scopes, less);
            case Issuer.Custom custom ->
                    claims.add(
                            into,
                            custom.server(),
                            ClaimType.IDENTITY,
                            claim -> !less || claim.always(),
                            facts(to, Optional.of(user), scopes));
        }
    }

    private static ClaimFacts facts(Recipient to, Optional<Subject> subject, List<String> scopes) {
        return new ClaimFacts(to.org(), to.client(), subject, scopes, to.now());
    }

    /**
     * What a client proves to another server that a user let it come
     * (draft-ietf-oauth-identity-assertion-authz-grant, 4).
     *
     * @param audience the name of that server
     */
    Minted assertion(Recipient to, Subject user, List<String> scopes, String audience) {
        Instant expires = to.now().plus(JwtBearerGrant.LONGEST_LIFE);
        String jti = "IDJAG." + random.urlSafe(JTI);
        ObjectNode payload = Json.object();
        payload.put("jti", jti);
        payload.put("iss", to.issuer().name());
        payload.put("aud", audience);
        payload.put("sub", user.id());
        payload.put("client_id", to.client().id());
        payload.put("iat", to.now().getEpochSecond());
        payload.put("exp", expires.getEpochSecond());
        payload.put("scope", String.join(" ", scopes));
        payload.put("auth_time", user.authenticated().getEpochSecond());
        ArrayNode methods = payload.putArray("amr");
        user.amr().forEach(methods::add);
        String text = signer.sign(signingKey(to), JwtBearerGrant.ASSERTION.getType(), payload);
        return new Minted(ID_JAG, text, jti, JwtBearerGrant.LONGEST_LIFE, expires);
    }

    private SigningKey signingKey(Recipient to) {
        return keys.signer(to.org(), to.issuer().keyOwner(), to.issuer().schedule(), to.now());
    }

    private String sign(Recipient to, ObjectNode payload) {
        return signer.sign(signingKey(to), payload);
    }
}
