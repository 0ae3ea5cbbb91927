package dev.ostiary.server.signin.factors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** A YubiKey in software: it makes the passwords that a real one with its seed makes. */
final class SoftYubikey {

    private static final String ALPHABET = "cbdefghijklnrtuv";

    private final String publicId;
    private final byte[] privateId;
    private final byte[] key;
    private int starts = 1;
    private int uses;

    SoftYubikey(String publicId, String privateId, String key) {
        this.publicId = publicId;
        this.privateId = HexFormat.of().parseHex(privateId);
        this.key = HexFormat.of().parseHex(key);
    }

    /** Plugged in anew. */
    void restart() {
        starts++;
        uses = 0;
    }

    /** Touched. */
    String touch() {
        uses++;
        ByteBuffer block = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        block.put(privateId).putShort((short) starts).putShort((short) 4711).put((byte) 0);
        block.put((byte) uses).putShort((short) (uses * 31));
        block.putShort((short) ~checksum(block.array()));
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            StringBuilder typed = new StringBuilder(publicId);
            for (byte each : cipher.doFinal(block.array())) {
                typed.append(ALPHABET.charAt((each & 0xf0) >> 4))
                        .append(ALPHABET.charAt(each & 15));
            }
            return typed.toString();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Of all but the checksum itself. */
    private static int checksum(byte[] block) {
        int crc = 0xffff;
        for (int i = 0; i < 14; i++) {
            crc ^= block[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0x8408;
            }
        }
        return crc;
    }
}
