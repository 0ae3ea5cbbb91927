package dev.ostiary.server.oauth.keys;

import dev.ostiary.platform.json.Schema;
import java.math.BigInteger;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;

/**
 * A key pair of RSA with 2048 bits, for RS256. Immutable; the private part never leaves the process
 * unsealed.
 *
 * @param kid its id
 */
public record SigningKey(String kid, RSAPublicKey publicKey, RSAPrivateKey privateKey) {

    /** The algorithm of every signature. */
    public static final String ALGORITHM = "RS256";

    /** What clients see of it. */
    public static final Schema.Fields PUBLIC =
            Schema.object()
                    .always("kty", Schema.TEXT)
                    .always("alg", Schema.TEXT)
                    .always("kid", Schema.TEXT)
                    .always("use", Schema.TEXT)
                    .always("e", Schema.TEXT)
                    .always("n", Schema.TEXT);

    /** Writes the members of the public part as a JSON Web Key (RFC 7517, RFC 7518 6.3.1). */
    public void writePublic(JsonGenerator out) {
        out.writeStringProperty("kty", "RSA");
        out.writeStringProperty("alg", ALGORITHM);
        out.writeStringProperty("kid", kid);
        out.writeStringProperty("use", "sig");
        out.writeStringProperty("e", number(publicKey.getPublicExponent()));
        out.writeStringProperty("n", number(publicKey.getModulus()));
    }

    /** Base64url of the big-endian octets without a leading zero (RFC 7518, section 2). */
    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int from = bytes[0] == 0 && bytes.length > 1 ? 1 : 0;
        byte[] unsigned = java.util.Arrays.copyOfRange(bytes, from, bytes.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
