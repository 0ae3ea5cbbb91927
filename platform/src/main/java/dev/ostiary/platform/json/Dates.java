package dev.ostiary.platform.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Dates as the wire writes them (P7): {@code 2025-03-13T23:38:01.000Z}. Thread-safe. */
public final class Dates {

    /** For years that have not four digits. */
    private static final DateTimeFormatter UNUSUAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

    private static final DateTimeFormatter IN =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral('T')
                    .appendPattern("HH:mm[:ss]")
                    .optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HH:MM", "Z")
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HHMM", "Z")
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HH", "Z")
                    .optionalEnd()
                    .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    /** The forms that the original's wire has by accident (WIRE, "Dates"), for {@code strict}. */
    public enum Accident {
        /** {@code 2025-03-13T23:38:01Z}. */
        NO_MILLISECONDS("uuuu-MM-dd'T'HH:mm:ss'Z'"),
        /** {@code 2025-03-13 23:38:01.0}. */
        SPACE("uuuu-MM-dd HH:mm:ss.S"),
        /** {@code 2025-10-07 06:36:55}. */
        SPACE_NO_FRACTION("uuuu-MM-dd HH:mm:ss");

        private final DateTimeFormatter form;

        Accident(String pattern) {
            this.form = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
        }
    }

    /**
     * What the formatter would read more generously: years of more digits, two offsets in a row.
     */
    private static final Pattern FORM =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?"
                            + "(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?");

    private Dates() {}

    /**
     * The instant in UTC with milliseconds; finer parts are cut off. Written digit by digit, since
     * every object has half a dozen of them and a formatter takes ten times as long.
     */
    public static String text(Instant instant) {
        LocalDateTime date =
                LocalDateTime.ofEpochSecond(
                        instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        if (date.getYear() < 1000 || date.getYear() > 9999) {
            return UNUSUAL.format(date);
        }
        byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);
        digits(date.getYear(), text, 0, 4);
        digits(date.getMonthValue(), text, 5, 2);
        digits(date.getDayOfMonth(), text, 8, 2);
        digits(date.getHour(), text, 11, 2);
        digits(date.getMinute(), text, 14, 2);
        digits(date.getSecond(), text, 17, 2);
        digits(date.getNano() / 1_000_000, text, 20, 3);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** As {@link #text(Instant)}; in a strict org with the accident that this field has there. */
    public static String text(Instant instant, Accident accident, boolean strict) {
        return strict ? accident.form.format(instant) : text(instant);
    }

    private static void digits(int value, byte[] into, int from, int count) {
        int rest = value;
        for (int i = from + count - 1; i >= from; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * The instant that an ISO 8601 date and time names, with any offset; without one it means UTC.
     * Empty if it is none.
     */
    public static Optional<Instant> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text, IN).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
