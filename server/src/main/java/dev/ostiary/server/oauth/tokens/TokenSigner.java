package dev.ostiary.server.oauth.tokens;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.oauth.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs JWTs by RS256 (RFC 7515, 7518 3.3). The header has {@code kid} and {@code alg}, in this
 * order, and nothing else, as the original's has. Thread-safe.
 */
public final class TokenSigner {

    private static final String ALGORITHM = "SHA256withRSA";
    private static final Base64.Encoder BASE_64 = Base64.getUrlEncoder().withoutPadding();

    private final Optional<Provider> provider;

    /**
     * @param provider whose RSA is used; the JDK's where there is none
     */
    public TokenSigner(Optional<Provider> provider) {
        this.provider = provider;
    }

    /** The compact form of a token with these claims. */
    public String sign(SigningKey key, ObjectNode claims) {
        ObjectNode header = Json.object().put("kid", key.kid()).put("alg", SigningKey.ALGORITHM);
        String signed = encoded(Json.text(header)) + "." + encoded(Json.text(claims));
        try {
            Signature signature =
                    provider.isPresent()
                            ? Signature.getInstance(ALGORITHM, provider.get())
                            : Signature.getInstance(ALGORITHM);
            signature.initSign(key.privateKey());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE_64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that does not sign: " + key.kid(), e);
        }
    }

    private static String encoded(String text) {
        return BASE_64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
