package dev.ostiary.server.expression;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * How a time is written, in the letters of Joda-Time, which the documentation refers to; they
 * differ in a few from Java's own. English names of months and days.
 */
final class TimePattern {

    private static final int LONGEST = 100;
    private static final int LONGEST_FRACTION = 9;

    private final DateTimeFormatter formatter;

    private TimePattern(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    /** Fails for letters that mean nothing. */
    static TimePattern of(String pattern) {
        if (pattern.isEmpty() || pattern.length() > LONGEST) {
            throw new Failure("A pattern of times is empty or too long");
        }
        try {
            return new TimePattern(formatter(pattern));
        } catch (IllegalArgumentException e) {
            throw new Failure("A pattern of times has letters that mean nothing");
        }
    }

    private static DateTimeFormatter formatter(String pattern) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        int at = 0;
        while (at < pattern.length()) {
            char letter = pattern.charAt(at);
            int end = at;
            if (letter == '\'') {
                end = quoted(pattern, at, builder);
            } else {
                while (end < pattern.length() && pattern.charAt(end) == letter) {
                    end++;
                }
                append(builder, letter, end - at);
            }
            at = end;
        }
        return builder.parseDefaulting(ChronoField.ERA, 1).toFormatter(Locale.ENGLISH);
    }

    private static int quoted(String pattern, int start, DateTimeFormatterBuilder builder) {
        int end = pattern.indexOf('\'', start + 1);
        if (end < 0) {
            throw new IllegalArgumentException("a quote does not end");
        }
        builder.appendLiteral(end == start + 1 ? "'" : pattern.substring(start + 1, end));
        return end + 1;
    }

    private static void append(DateTimeFormatterBuilder builder, char letter, int count) {
        switch (letter) {
            case 'Y', 'y' -> builder.appendPattern("y".repeat(count));
            case 'x' -> builder.appendPattern("Y".repeat(count));
            case 'E' -> builder.appendPattern(count < 4 ? "EEE" : "EEEE");
            case 'S' ->
                    builder.appendFraction(
                            ChronoField.NANO_OF_SECOND,
                            Math.min(count, LONGEST_FRACTION),
                            Math.min(count, LONGEST_FRACTION),
                            false);
            case 'Z' -> builder.appendPattern(count == 1 ? "xx" : count == 2 ? "xxx" : "VV");
            case 'z' -> builder.appendPattern(count < 4 ? "zzz" : "zzzz");
            case 'G', 'M', 'D', 'd', 'a', 'K', 'h', 'H', 'k', 'm', 's', 'w', 'e' ->
                    builder.appendPattern(Character.toString(letter).repeat(count));
            default -> {
                if (Character.isLetter(letter)) {
                    throw new IllegalArgumentException("a letter that means nothing");
                }
                builder.appendLiteral(Character.toString(letter).repeat(count));
            }
        }
    }

    String format(ZonedDateTime time) {
        return formatter.format(time);
    }

    /** What is not said is midnight, UTC. */
    ZonedDateTime parse(String text) {
        DateTimeFormatter whole =
                new DateTimeFormatterBuilder()
                        .append(formatter)
                        .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                        .toFormatter(Locale.ENGLISH)
                        .withZone(ZoneOffset.UTC);
        return ZonedDateTime.from(whole.parse(text));
    }
}
