package dev.ostiary.conformance.harness;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that types one-time passwords, whose secrets the org knows (<a
 * href="https://developers.yubico.com/OTP/OTPs_Explained.html">Yubico</a>). Its org needs an
 * authenticator of that kind.
 *
 * @param publicId which every password begins with
 */
public record Yubikey(String publicId) {

    private static final String MODHEX = "cbdefghijklnrtuv";
    private static final String PRIVATE_ID = "b74be6169486";
    private static final String KEY = "1fcc6d8ce39bf1604e0b17f3e0a11067";

    /** A new one. */
    public static Yubikey of(Org org) {
        Yubikey key = new Yubikey(name());
        org.http()
                .post(
                        "/api/v1/org/factors/yubikey_token/tokens",
                        Map.of(
                                "serialNumber",
                                "7886622",
                                "publicId",
                                key.publicId,
                                "privateId",
                                PRIVATE_ID,
                                "aesKey",
                                KEY))
                .expect(200);
        return key;
    }

    private static String name() {
        StringBuilder id = new StringBuilder();
        long name = System.nanoTime();
        for (int i = 0; i < 12; i++) {
            id.append(MODHEX.charAt((int) (name >> 4 * i) & 15));
        }
        return id.toString();
    }

    /** What it types the first time that it is touched. */
    public String touched() {
        ByteBuffer block = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        block.put(HexFormat.of().parseHex(PRIVATE_ID)).putShort((short) 1).putShort((short) 4711);
        block.put((byte) 0).put((byte) 1).putShort((short) 31);
        block.putShort((short) ~checksum(block.array()));
        StringBuilder typed = new StringBuilder(publicId);
        for (byte each : encrypted(block.array())) {
            typed.append(MODHEX.charAt((each & 0xf0) >> 4)).append(MODHEX.charAt(each & 15));
        }
        return typed.toString();
    }

    private static byte[] encrypted(byte[] block) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(HexFormat.of().parseHex(KEY), "AES"));
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
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
