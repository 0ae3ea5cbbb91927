package dev.ostiary.platform.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Dates of the filter language: read in any ISO 8601 offset (none means UTC, no time means
 * midnight), written as the wire writes them (P7).
 */
final class Moments {

    private static final int MAX_LENGTH = 40;

    private static final DateTimeFormatter WIRE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter READ =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern("uuuu-MM-dd['T'HH:mm[:ss][,][.]")
                    .optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false)
                    .optionalEnd()
                    .appendPattern("[XXX][XX][X]]")
                    .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                    .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                    .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
                    .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
                    .toFormatter(Locale.ROOT);

    private Moments() {}

    /** The instant that a text names, to the microsecond, or nothing. */
    static Optional<Instant> read(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            OffsetDateTime date = READ.parse(text, OffsetDateTime::from);
            Instant instant = date.toInstant().truncatedTo(ChronoUnit.MICROS);
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            return year >= 1 && year <= 9999 ? Optional.of(instant) : Optional.empty();
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    /** The wire's form, to the millisecond; its order as text is the order in time. */
    static String write(Instant instant) {
        return WIRE.format(instant);
    }

    static boolean hasWholeMillis(Instant instant) {
        return instant.equals(instant.truncatedTo(ChronoUnit.MILLIS));
    }
}
