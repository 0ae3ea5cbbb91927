package dev.ostiary.platform.query.meaning;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates of ISO 8601 as P7 takes them: with any offset, UTC without one, or only a day. */
final class Moment {

    private static final Pattern DATE =
            Pattern.compile(
                    "(\\d{4})-(\\d\\d)-(\\d\\d)(?:T(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?"
                            + "(?:Z|([+-])(\\d\\d)(?::?(\\d\\d))?)?)?");

    private Moment() {}

    static Optional<Instant> of(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return Optional.empty();
        }
        try {
            int sign = "-".equals(date.group(8)) ? -1 : 1;
            OffsetDateTime moment =
                    OffsetDateTime.of(
                            number(date, 1),
                            number(date, 2),
                            number(date, 3),
                            number(date, 4),
                            number(date, 5),
                            number(date, 6),
                            nanos(date.group(7)),
                            ZoneOffset.ofHoursMinutes(
                                    sign * number(date, 9), sign * number(date, 10)));
            int year = moment.withOffsetSameInstant(ZoneOffset.UTC).getYear();
            return year >= 1 && year <= 9999 ? Optional.of(moment.toInstant()) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher date, int group) {
        String digits = date.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(@org.jspecify.annotations.Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }
}
