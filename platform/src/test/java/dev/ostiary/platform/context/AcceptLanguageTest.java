package dev.ostiary.platform.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptLanguageTest {

    private static final List<String> AVAILABLE = List.of("en", "de", "pt-BR", "zh-CN", "zh-TW");

    @ParameterizedTest(name = "{0} gives {1}")
    @DisplayName("P15 the best match among the available languages is picked, else the fallback")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            de                                  | de
            de-CH                               | de
            de-CH, en;q=0.9                     | de
            fr, de;q=0.3, en;q=0.7              | en
            fr                                  | en
            pt                                  | pt-BR
            pt-PT, de;q=0.5                     | pt-BR
            ZH-tw                               | zh-TW
            zh                                  | zh-CN
            *                                   | en
            de;q=0                              | en
            ;;;q=                               | en
            de;q=7                              | en
            """)
    void pick(String header, String picked) {
        assertThat(AcceptLanguage.pick(header, AVAILABLE, "en")).isEqualTo(picked);
    }

    @Test
    @DisplayName("a missing, blank or huge header gives the fallback")
    void fallback() {
        assertThat(AcceptLanguage.pick(null, AVAILABLE, "en")).isEqualTo("en");
        assertThat(AcceptLanguage.pick(" ", AVAILABLE, "en")).isEqualTo("en");
        assertThat(AcceptLanguage.pick("de,".repeat(50_000), AVAILABLE, "en")).isEqualTo("en");
    }

    @Test
    @DisplayName("P15 a device fingerprint is visible text of bounded length, or as if not sent")
    void fingerprint() {
        assertThat(DeviceFingerprint.of(" abc-1 ")).isEqualTo(new DeviceFingerprint("abc-1"));
        assertThat(DeviceFingerprint.of(null)).isNull();
        assertThat(DeviceFingerprint.of(" ")).isNull();
        assertThat(DeviceFingerprint.of("a\u0000")).isNull();
        assertThat(DeviceFingerprint.of("x".repeat(DeviceFingerprint.MAX + 1))).isNull();
    }
}
