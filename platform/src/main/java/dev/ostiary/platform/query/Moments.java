package dev.ostiary.platform.query;

import dev.ostiary.platform.json.Dates;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Dates of the filter language: those of the wire (P7), and days, which begin at midnight UTC. */
final class Moments {

    private static final int DAY_LENGTH = "yyyy-MM-dd".length();

    /** The database's years; within them the order of the wire's form is the order in time. */
    private static final int LAST_YEAR = 9999;

    private Moments() {}

    /**
     * The instant that a text names, or nothing. What it is compared with has whole milliseconds:
     * so whatever lies between two of them counts as the middle, which the database can hold.
     */
    static Optional<Instant> read(String text) {
        return Dates.parse(text.length() == DAY_LENGTH ? text + "T00:00:00Z" : text)
                .map(Moments::storable)
                .filter(Moments::isStorable);
    }

    private static Instant storable(Instant instant) {
        Instant millis = instant.truncatedTo(ChronoUnit.MILLIS);
        return millis.equals(instant) ? instant : millis.plus(500, ChronoUnit.MICROS);
    }

    static boolean isStorable(Instant instant) {
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        return year >= 1 && year <= LAST_YEAR;
    }

    static boolean hasWholeMillis(Instant instant) {
        return instant.equals(instant.truncatedTo(ChronoUnit.MILLIS));
    }
}
