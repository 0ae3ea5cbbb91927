package dev.ostiary.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
}
