package dev.ostiary.server.oauth.grants;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.clients.KeySets;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenEncryption;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/**
 * Tokens that only one may read: ID tokens are encrypted for the client that wants it so ({@code
 * id_token_encrypted_response_alg}), access tokens for the resource server ({@code
 * accessTokenEncryptedResponseAlgorithm}). The key is the active one of those that are registered,
 * or the only one for encryption that is published; it may have to be fetched, so not to be used in
 * a transaction. Thread-safe.
 */
final class Envelopes {

    private final KeySets keySets;
    private final OAuthErrors errors;

    /** With these keys. */
    Envelopes(KeySets keySets, OAuthErrors errors) {
        this.keySets = keySets;
        this.errors = errors;
    }

    /** The names of errors, which differ by whose key it is. */
    private record Errors(String noKey, String nonePublished, String severalPublished, String bad) {

        private static Errors of(String whose) {
            String begin = "token_encryption_";
            String noKey = "no_encryption_key" + whose;
            return new Errors(
                    begin + noKey,
                    begin + "jwks_uri_" + noKey,
                    begin + "jwks_uri_multiple_encryption_keys" + whose,
                    begin + "invalid_encryption_key" + (whose.isEmpty() ? "_client" : whose));
        }
    }

    private static final Errors OF_CLIENT = Errors.of("");
    private static final Errors OF_SERVER = Errors.of("_auth_server");

    /**
     * An ID token as its client gets it.
     *
     * @throws OAuthException {@code invalid_client} where it is to be encrypted and there is no key
     */
    String idToken(Recipient to, String signed) {
        OAuthClient client = to.client();
        return client.idTokenEncryption()
                .map(
                        algorithm ->
                                encrypted(
                                        to.org(),
                                        client.jwksUri(),
                                        client.jwks(),
                                        OF_CLIENT,
                                        signed,
                                        algorithm))
                .orElse(signed);
    }

    /**
     * An access token as its client gets it.
     *
     * @throws OAuthException {@code invalid_request} where it is to be encrypted and there is no
     *     key
     */
    String accessToken(Recipient to, String signed) {
        return switch (to.issuer()) {
            case Issuer.OfOrg own -> signed;
            case Issuer.Custom custom -> accessToken(to.org(), custom.server(), signed);
        };
    }

    private String accessToken(Org org, AuthorizationServer server, String signed) {
        return server.accessTokenEncryption()
                .map(
                        algorithm ->
                                encrypted(
                                        org,
                                        Optional.ofNullable(server.jwksUri()),
                                        server.activeKeys(),
                                        OF_SERVER,
                                        signed,
                                        algorithm))
                .orElse(signed);
    }

    private String encrypted(
            Org org,
            Optional<String> uri,
            String registered,
            Errors names,
            String signed,
            String algorithm) {
        JWK key =
                uri.isPresent()
                        ? published(org, uri.get(), names)
                        : forEncryption(parsed(registered)).stream()
                                .findFirst()
                                .orElseThrow(() -> errors.of(names.noKey()));
        try {
            if (key instanceof RSAKey rsa) {
                return TokenEncryption.nested(signed, rsa, algorithm);
            }
        } catch (JOSEException unusable) {
            // said below: the key is somebody else's, and no defect of the server
        }
        throw errors.of(names.bad(), String.valueOf(key.getKeyID()));
    }

    private JWK published(Org org, String uri, Errors names) {
        List<JWK> found;
        try {
            found = forEncryption(keySets.at(org, uri));
        } catch (OAuthException none) {
            throw errors.of(names.nonePublished());
        }
        if (found.size() > 1) {
            throw errors.of(names.severalPublished());
        }
        return found.stream().findFirst().orElseThrow(() -> errors.of(names.nonePublished()));
    }

    private static List<JWK> forEncryption(List<JWK> all) {
        return all.stream().filter(key -> KeyUse.ENCRYPTION.equals(key.getKeyUse())).toList();
    }

    private static List<JWK> parsed(String set) {
        try {
            return JWKSet.parse(set).getKeys();
        } catch (ParseException unreadable) {
            return List.of();
        }
    }
}
