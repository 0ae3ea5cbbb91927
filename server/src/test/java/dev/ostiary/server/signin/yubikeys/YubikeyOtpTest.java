package dev.ostiary.server.signin.yubikeys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A YubiKey's one-time password")
class YubikeyOtpTest {

    /** The example of Yubico's own library (libyubikey, ykparse). */
    private static final String BLOCK = "hknhfjbrjnlnldnhcujvddbikngjrtgh";

    private static final YubikeySeed SEED =
            new YubikeySeed("8792ebfe26cc", "ecde18dbe76fbd0c33330f1c354871db");

    @Test
    @DisplayName("is read as its maker's library reads it: 19 starts, 17 uses since the last")
    void published() {
        YubikeyOtp otp = YubikeyOtp.of("ccccdteffuje" + BLOCK).orElseThrow();

        assertThat(otp.publicId()).isEqualTo("ccccdteffuje");
        assertThat(otp.count(SEED)).contains((19L << 8) + 17);
    }

    @Test
    @DisplayName("is the same in capitals, with blanks around it, as keyboards type it")
    void typed() {
        assertThat(YubikeyOtp.of(" CCCCDTEFFUJE" + BLOCK + "\n")).isPresent();
    }

    @Test
    @DisplayName("is none of another key, nor with a character changed")
    void others() {
        YubikeyOtp otp = YubikeyOtp.of("ccccdteffuje" + BLOCK).orElseThrow();

        assertThat(otp.count(new YubikeySeed("8792ebfe26cd", SEED.aesKey()))).isEmpty();
        assertThat(otp.count(new YubikeySeed(SEED.privateId(), "ecde18dbe76fbd0c33330f1c354871dc")))
                .isEmpty();
        YubikeyOtp changed =
                YubikeyOtp.of("ccccdteffuje" + BLOCK.substring(0, 31) + "c").orElseThrow();
        assertThat(changed.count(SEED)).isEmpty();
    }

    @Test
    @DisplayName("has 44 characters of the alphabet that every keyboard types alike")
    void form() {
        assertThat(YubikeyOtp.of("")).isEmpty();
        assertThat(YubikeyOtp.of("123456")).isEmpty();
        assertThat(YubikeyOtp.of("dteffuje" + BLOCK)).isEmpty();
        assertThat(YubikeyOtp.of("ccccdteffuja" + BLOCK)).isEmpty();
    }
}
