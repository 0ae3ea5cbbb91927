package dev.ostiary.server.oauth.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.platform.json.Json;
import dev.ostiary.server.oauth.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs JWTs by RS256 (RFC 7515, 7518 3.3). The header has {@code kid} and {@code alg}, in this
 * order, as the original's has; one that says its type has {@code typ} after them. Thread-safe.
 */
public final class TokenSigner {

    static final String ALGORITHM = "SHA256withRSA";
    private static final Base64.Encoder BASE_64 = Base64.getUrlEncoder().withoutPadding();

    private final Supplier<Optional<Provider>> provider;

    /**
     * Keys as the provider has them, which holds what it has computed of each beside it. By
     * identity, and no longer than the key itself is kept.
     */
    private final Cache<SigningKey, PrivateKey> keys = Caffeine.newBuilder().weakKeys().build();

    /**
     * @param provider whose RSA is used; the JDK's where there is none
     */
    public TokenSigner(Supplier<Optional<Provider>> provider) {
        this.provider = provider;
    }

    /** The compact form of a token with these claims. */
    public String sign(SigningKey key, ObjectNode claims) {
        return sign(key, header(key), claims);
    }

    /**
     * The same of a token that says what it is.
     *
     * @param type {@code typ} of the header (RFC 8725, 3.11)
     */
    public String sign(SigningKey key, String type, ObjectNode claims) {
        return sign(key, header(key).put("typ", type), claims);
    }

    private static ObjectNode header(SigningKey key) {
        return Json.object().put("kid", key.kid()).put("alg", SigningKey.ALGORITHM);
    }

    private String sign(SigningKey key, ObjectNode header, ObjectNode claims) {
        String signed = encoded(Json.text(header)) + "." + encoded(Json.text(claims));
        try {
            Optional<Provider> other = provider.get();
            Signature signature =
                    other.isPresent()
                            ? Signature.getInstance(ALGORITHM, other.get())
                            : Signature.getInstance(ALGORITHM);
            signature.initSign(
                    other.isPresent()
                            ? keys.get(key, each -> translated(each, other.get()))
                            : key.privateKey());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE_64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that does not sign: " + key.kid(), e);
        }
    }

    private static PrivateKey translated(SigningKey key, Provider provider) {
        try {
            return KeyFactory.getInstance("RSA", provider)
                    .generatePrivate(new PKCS8EncodedKeySpec(key.privateKey().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that cannot be read: " + key.kid(), e);
        }
    }

    private static String encoded(String text) {
        return BASE_64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
