package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.grants.Subject;
import dev.ostiary.server.oauth.grants.TokenMint;
import dev.ostiary.server.oauth.grants.TokenMint.Companions;
import dev.ostiary.server.oauth.grants.TokenMint.Minted;
import dev.ostiary.server.oauth.issued.AccessTokenStore;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.issued.AuthorizationCode;
import dev.ostiary.server.oauth.issued.AuthorizationCodeStore;
import dev.ostiary.server.oauth.servers.Lifetimes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes what the browser goes back with (RFC 6749, 4.1.2 and 4.2.2; OAuth 2.0 Multiple Response
 * Types, 5). Thread-safe.
 */
final class Granting {

    private static final int CODE = 43;

    private final TokenMint mint;
    private final Tokens random;
    private final AuthorizationCodeStore codes = new AuthorizationCodeStore();
    private final AccessTokenStore accessTokens = new AccessTokenStore();

    Granting(TokenMint mint, Tokens random) {
        this.mint = mint;
        this.random = random;
    }

    /**
     * What was made.
     *
     * @param fields of the answer, in order
     */
    record Made(
            Map<String, String> fields,
            Authorization authorization,
            Optional<AuthorizationCode> code,
            Optional<Minted> access) {

        /** Says nothing of what is secret. */
        @Override
        public String toString() {
            return "Made" + fields.keySet();
        }
    }

    /** Makes what a user lets a client have. */
    Made make(AuthorizationRequest asked, Subject user, Lifetimes lifetimes) {
        Recipient to = asked.addressed().recipient();
        ResponseType type = asked.type();
        Authorization authorization =
                new Authorization(
                        to.client().id(),
                        to.issuer().id(),
                        user.id(),
                        asked.scopes(),
                        user.authenticated(),
                        user.amr(),
                        user.acr(),
                        lifetimes,
                        user.sid(),
                        user.session());
        Map<String, String> fields = new LinkedHashMap<>();
        Optional<Minted> access =
                type.token()
                        ? Optional.of(accessToken(to, user, asked.scopes(), lifetimes))
                        : Optional.empty();
        access.ifPresent(
                token -> {
                    fields.put("access_token", token.text());
                    fields.put("token_type", "Bearer");
                    fields.put("expires_in", Long.toString(token.life().toSeconds()));
                    fields.put("scope", String.join(" ", asked.scopes()));
                });
        Optional<AuthorizationCode> code =
                type.code() ? Optional.of(code(asked, authorization)) : Optional.empty();
        code.ifPresent(each -> fields.put("code", random.urlSafe(CODE)));
        if (type.idToken()) {
            fields.put(
                    "id_token",
                    mint.idToken(
                                    to,
                                    user,
                                    asked.scopes(),
                                    new Companions(
                                            access.map(Minted::text),
                                            Optional.ofNullable(fields.get("code")),
                                            asked.nonce()))
                            .text());
        }
        return new Made(fields, authorization, code, access);
    }

    /** One that nobody can refresh. */
    private Minted accessToken(
            Recipient to, Subject user, List<String> scopes, Lifetimes lifetimes) {
        return mint.accessToken(
                to, Optional.of(user), scopes, lifetimes, Optional.empty(), Optional.empty());
    }

    private static AuthorizationCode code(AuthorizationRequest asked, Authorization authorization) {
        return new AuthorizationCode(
                authorization,
                asked.addressed().redirectUri(),
                asked.challenge(),
                asked.nonce(),
                asked.addressed().recipient().now().plus(AuthorizationCode.LIFE),
                Optional.empty());
    }

    /** Keeps it. */
    void keep(Tx tx, Made made, Recipient to) {
        made.code()
                .ifPresent(
                        code ->
                                codes.insert(
                                        tx,
                                        made.fields().getOrDefault("code", ""),
                                        code,
                                        to.now()));
        made.access()
                .ifPresent(
                        token ->
                                accessTokens.insert(
                                        tx,
                                        token.jti(),
                                        made.authorization(),
                                        token.expires(),
                                        to.now()));
    }
}
