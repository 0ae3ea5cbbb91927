package dev.ostiary.server.signin.factors;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("One-time passwords")
class HotpTest {

    private static final String DIGITS = "1234567890";

    @Test
    @DisplayName("RFC 4226, appendix D: the first ten of the secret 12345678901234567890")
    void counters() {
        List<String> expected =
                List.of(
                        "755224", "287082", "359152", "969429", "338314", "254676", "287922",
                        "162583", "399871", "520489");
        for (int counter = 0; counter < expected.size(); counter++) {
            assertThat(Hotp.COMMON.at(seed(20), counter)).isEqualTo(expected.get(counter));
        }
    }

    @ParameterizedTest
    @DisplayName("RFC 6238, appendix B: eight digits under each hash")
    @CsvSource({
        "59, 94287082, 46119246, 90693936",
        "1111111109, 07081804, 68084774, 25091201",
        "1111111111, 14050471, 67062674, 99943326",
        "1234567890, 89005924, 91819424, 93441116",
        "2000000000, 69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826"
    })
    void steps(long second, String sha1, String sha256, String sha512) {
        long step = Hotp.step(Instant.ofEpochSecond(second), 30);
        assertThat(new Hotp("HmacSHA1", 8).at(seed(20), step)).isEqualTo(sha1);
        assertThat(new Hotp("HmacSHA256", 8).at(seed(32), step)).isEqualTo(sha256);
        assertThat(new Hotp("HmacSHA512", 8).at(seed(64), step)).isEqualTo(sha512);
    }

    @Test
    @DisplayName(
            "a password is found where it is, at the last counter of several, and nowhere else")
    void found() {
        assertThat(Hotp.COMMON.find(seed(20), "162583", 0, 9)).hasValue(7);
        assertThat(Hotp.COMMON.find(seed(20), "162583", 8, 20)).isEmpty();
        assertThat(Hotp.COMMON.find(seed(20), "755224", -3, 0)).hasValue(0);
        assertThat(Hotp.COMMON.find(seed(20), "75522", 0, 9)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("RFC 4648, section 10: base 32, which is typed in any case, padded or not")
    @CsvSource({
        "f, MY======",
        "fo, MZXQ====",
        "foo, MZXW6===",
        "foob, MZXW6YQ=",
        "fooba, MZXW6YTB",
        "foobar, MZXW6YTBOI======"
    })
    void base32(String text, String encoded) {
        assertThat(Base32.text(text.getBytes(US_ASCII))).isEqualTo(encoded.replace("=", ""));
        assertThat(Base32.bytes(encoded)).isEqualTo(text.getBytes(US_ASCII));
        assertThat(Base32.bytes(encoded.toLowerCase(java.util.Locale.ROOT).replace("=", "")))
                .isEqualTo(text.getBytes(US_ASCII));
    }

    private static byte[] seed(int length) {
        return DIGITS.repeat(7).substring(0, length).getBytes(US_ASCII);
    }
}
