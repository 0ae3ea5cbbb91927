package dev.ostiary.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

    private static final DateTimeFormatter REFERENCE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    @Test
    @DisplayName("P7 a date leaves in UTC with milliseconds, finer parts cut off")
    void cutsOff() {
        assertThat(Dates.text(Instant.parse("2025-03-13T23:38:01Z")))
                .isEqualTo("2025-03-13T23:38:01.000Z");
        assertThat(Dates.text(Instant.parse("2024-02-29T00:00:00.0099999Z")))
                .isEqualTo("2024-02-29T00:00:00.009Z");
        assertThat(Dates.text(Instant.parse("1969-12-31T23:59:59.9999Z")))
                .isEqualTo("1969-12-31T23:59:59.999Z");
    }

    @Test
    @DisplayName("P7 any moment is written as the JDK's formatter would, and read back")
    void agreesWithTheFormatter() {
        Random random = new Random(7);
        long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
        long beyond = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        for (int i = 0; i < 10_000; i++) {
            Instant moment = Instant.ofEpochMilli(random.nextLong(first, beyond));
            String text = Dates.text(moment);
            assertThat(text).isEqualTo(REFERENCE.format(moment));
            assertThat(Dates.parse(text)).contains(moment);
        }
    }

    @ParameterizedTest
    @DisplayName("P7 under strict a date leaves in the form that the wire has by accident")
    @CsvSource({
        "NO_MILLISECONDS, 2025-03-13T23:38:01Z",
        "SPACE, 2025-03-13 23:38:01.0",
        "SPACE_NO_FRACTION, 2025-03-13 23:38:01",
    })
    void accidents(Dates.Accident accident, String text) {
        Instant moment = Instant.parse("2025-03-13T23:38:01Z");
        assertThat(Dates.text(moment, accident, true)).isEqualTo(text);
        assertThat(Dates.text(moment, accident, false)).isEqualTo("2025-03-13T23:38:01.000Z");
    }

    @ParameterizedTest
    @DisplayName("P7 what is no date of ISO 8601 is none here")
    @ValueSource(
            strings = {
                "2025-03-13T23:38:01ZZ",
                "2025-03-13T23:38:01+05:30+0530",
                "2025-03-13T23:38:01+05+05",
                "2025-03-13T23:38:01.Z",
                "2025-03-13T23:38.5Z",
                "+12025-03-13T23:38:01Z",
                "2025-03-13T24:00:00Z",
                "2025-02-29T00:00:00Z",
                "2025-03-13T23:38:01+19:00",
                "2025-03-13 23:38:01Z",
                "2025-03-13t23:38:01z",
                "２025-03-13T23:38:01Z",
            })
    void noDates(String text) {
        assertThat(Dates.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("P7 any offset of ISO 8601 is accepted, and none is UTC")
    @CsvSource({
        "2025-03-13T23:38:01+05:30, 2025-03-13T18:08:01Z",
        "2025-03-13T23:38:01-0530, 2025-03-14T05:08:01Z",
        "2025-03-13T23:38:01.5+05, 2025-03-13T18:38:01.5Z",
        "2025-03-13T23:38, 2025-03-13T23:38:00Z",
    })
    void offsets(String text, Instant moment) {
        assertThat(Dates.parse(text)).contains(moment);
    }
}
