package dev.ostiary.server.signin.yubikeys;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a YubiKey and the server share. Immutable.
 *
 * @param privateId 12 hexadecimal digits
 * @param aesKey 32 hexadecimal digits
 */
public record YubikeySeed(String privateId, String aesKey) {

    private static final String FIELD = "yubikey_token.secret";

    byte[] sealed(Sealed sealed, long org, String tokenId) {
        ObjectNode json = Json.object().put("privateId", privateId).put("aesKey", aesKey);
        return sealed.seal(
                new Purpose(org, FIELD, tokenId), Json.text(json).getBytes(StandardCharsets.UTF_8));
    }

    static YubikeySeed opened(Sealed sealed, long org, String tokenId, byte[] ciphertext) {
        byte[] content = sealed.open(new Purpose(org, FIELD, tokenId), ciphertext);
        ObjectNode json = Json.object(new String(content, StandardCharsets.UTF_8));
        return new YubikeySeed(
                json.path("privateId").asString(""), json.path("aesKey").asString(""));
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "YubikeySeed[…]";
    }
}
