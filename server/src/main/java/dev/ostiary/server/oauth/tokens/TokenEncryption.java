package dev.ostiary.server.oauth.tokens;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;

/**
 * Encrypts signed tokens for the one who is to read them: nested JWTs (RFC 7519, 5.2 and A.2). What
 * they hold is encrypted by A256GCM, the one published. Pure.
 */
public final class TokenEncryption {

    private TokenEncryption() {}

    /**
     * The encrypted form of a signed token.
     *
     * @param algorithm that encrypts the key of the content (RFC 7518, 4.3)
     * @throws JOSEException if the key is no good for that
     */
    public static String nested(String signed, RSAKey key, String algorithm) throws JOSEException {
        JWEObject token =
                new JWEObject(
                        new JWEHeader.Builder(
                                        JWEAlgorithm.parse(algorithm), EncryptionMethod.A256GCM)
                                .contentType("JWT")
                                .keyID(key.getKeyID())
                                .build(),
                        new Payload(signed));
        token.encrypt(new RSAEncrypter(key));
        return token.serialize();
    }
}
