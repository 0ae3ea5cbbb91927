package dev.ostiary.server.expression;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the functions of time give; of nothing they give nothing. */
final class Times {

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    /** From the beginning of Windows' time, 1601, to that of Unix, 1970. */
    private static final long WINDOWS_SECONDS = 11_644_473_600L;

    private static final long TICKS_A_SECOND = 10_000_000L;
    private static final int NANOS_A_TICK = 100;

    /** Names of zones that are documented, and that Java does not know by themselves. */
    private static final Map<String, String> ZONES = zones();

    private final Facts facts;
    private final Budget budget;

    Times(Facts facts, Budget budget) {
        this.facts = facts;
        this.budget = budget;
    }

    private static Map<String, String> zones() {
        Map<String, String> zones = new HashMap<>(ZoneId.SHORT_IDS);
        zones.put("ROC", "Asia/Taipei");
        zones.put("US/Pacific-New", "America/Los_Angeles");
        zones.put("Canada/East-Saskatchewan", "America/Regina");
        return Map.copyOf(zones);
    }

    Value value(TimeFunction function, List<Value> given) {
        if (function == TimeFunction.NOW) {
            return new Value.Text(guarded(() -> now(given)));
        }
        if (Values.isBlank(given.getFirst())) {
            return Value.NOTHING;
        }
        String first = Values.text(given.getFirst());
        return new Value.Text(
                guarded(
                        () ->
                                switch (function) {
                                    case FROM_WINDOWS -> iso(ofWindows(first));
                                    case FROM_UNIX -> iso(ofUnix(first));
                                    case FROM_STRING -> iso(pattern(given).parse(first));
                                    case TO_WINDOWS -> windows(ofIso(first));
                                    case TO_UNIX -> unix(ofIso(first));
                                    case TO_STRING -> pattern(given).format(ofIso(first));
                                    case NOW -> throw new IllegalStateException("see above");
                                }));
    }

    private String now(List<Value> given) {
        ZonedDateTime now =
                utcNow().withZoneSameInstant(
                                given.isEmpty() ? ZoneOffset.UTC : zone(given.getFirst()));
        return given.size() < 2 ? iso(now) : pattern(given).format(now);
    }

    Value value(MomentFunction function, List<Value> given) {
        if (function == MomentFunction.NOW) {
            return new Value.Moment(utcNow());
        }
        if (Values.isBlank(given.getFirst())) {
            return isWithin(function) ? new Value.Flag(false) : Value.NOTHING;
        }
        return guarded(() -> of(function, given));
    }

    private static boolean isWithin(MomentFunction function) {
        return switch (function) {
            case WITHIN_DAYS, WITHIN_HOURS, WITHIN_MINUTES, WITHIN_SECONDS -> true;
            default -> false;
        };
    }

    private Value of(MomentFunction function, List<Value> given) {
        return switch (function) {
            case NOW -> new Value.Moment(utcNow());
            case PARSE_WINDOWS -> new Value.Moment(ofWindows(Values.text(given.getFirst())));
            case PARSE_UNIX -> new Value.Moment(ofUnix(Values.text(given.getFirst())));
            case PARSE_STRING -> {
                String text = Values.text(given.getFirst());
                yield new Value.Moment(given.size() < 2 ? ofIso(text) : pattern(given).parse(text));
            }
            case TO_WINDOWS -> new Value.Text(windows(time(given)));
            case TO_UNIX -> new Value.Text(unix(time(given)));
            case TO_STRING ->
                    new Value.Text(
                            given.size() < 2
                                    ? time(given).toString()
                                    : pattern(given).format(time(given)));
            case TO_ZONE -> new Value.Moment(time(given).withZoneSameInstant(zone(given.get(1))));
            case PLUS_DAYS -> plus(given, ChronoUnit.DAYS, 1);
            case PLUS_HOURS -> plus(given, ChronoUnit.HOURS, 1);
            case PLUS_MINUTES -> plus(given, ChronoUnit.MINUTES, 1);
            case PLUS_SECONDS -> plus(given, ChronoUnit.SECONDS, 1);
            case MINUS_DAYS -> plus(given, ChronoUnit.DAYS, -1);
            case MINUS_HOURS -> plus(given, ChronoUnit.HOURS, -1);
            case MINUS_MINUTES -> plus(given, ChronoUnit.MINUTES, -1);
            case MINUS_SECONDS -> plus(given, ChronoUnit.SECONDS, -1);
            case WITHIN_DAYS -> within(given, ChronoUnit.DAYS);
            case WITHIN_HOURS -> within(given, ChronoUnit.HOURS);
            case WITHIN_MINUTES -> within(given, ChronoUnit.MINUTES);
            case WITHIN_SECONDS -> within(given, ChronoUnit.SECONDS);
        };
    }

    private static Value plus(List<Value> given, ChronoUnit unit, int sign) {
        return new Value.Moment(time(given).plus((long) sign * Values.whole(given.get(1)), unit));
    }

    /** Not further away than so much, before or after now. */
    private Value within(List<Value> given, ChronoUnit unit) {
        Duration away = Duration.between(time(given).toInstant(), facts.now()).abs();
        Duration most = unit.getDuration().multipliedBy(Values.whole(given.get(1)));
        return new Value.Flag(away.compareTo(most) <= 0);
    }

    private ZonedDateTime utcNow() {
        return facts.now().atZone(ZoneOffset.UTC);
    }

    /** A text is one that says a time. */
    private static ZonedDateTime time(List<Value> given) {
        return given.getFirst() instanceof Value.Moment(ZonedDateTime time)
                ? time
                : ofIso(Values.text(given.getFirst()));
    }

    private static String iso(ZonedDateTime time) {
        return ISO.format(time);
    }

    private static ZonedDateTime ofIso(String text) {
        return DateTimeFormatter.ISO_DATE_TIME.parse(text, ZonedDateTime::from);
    }

    private static ZonedDateTime ofUnix(String text) {
        return Instant.ofEpochMilli(whole(text)).atZone(ZoneOffset.UTC);
    }

    private static String unix(ZonedDateTime time) {
        return Long.toString(time.toInstant().toEpochMilli());
    }

    private static ZonedDateTime ofWindows(String text) {
        long ticks = whole(text);
        return Instant.ofEpochSecond(
                        Math.floorDiv(ticks, TICKS_A_SECOND) - WINDOWS_SECONDS,
                        Math.floorMod(ticks, TICKS_A_SECOND) * NANOS_A_TICK)
                .atZone(ZoneOffset.UTC);
    }

    private static String windows(ZonedDateTime time) {
        Instant instant = time.toInstant();
        long seconds = Math.addExact(instant.getEpochSecond(), WINDOWS_SECONDS);
        return Long.toString(
                Math.multiplyExact(seconds, TICKS_A_SECOND) + instant.getNano() / NANOS_A_TICK);
    }

    private static long whole(String text) {
        return Long.parseLong(text.strip());
    }

    private static ZoneId zone(Value value) {
        return ZoneId.of(Values.text(value), ZONES);
    }

    private TimePattern pattern(List<Value> given) {
        String pattern = Values.text(given.get(1));
        budget.text(pattern.length() * 2L);
        return TimePattern.of(pattern);
    }

    /** Something that fails for a text that says no time. */
    private interface Told<T> {
        T tell();
    }

    private static <T> T guarded(Told<T> told) {
        try {
            return told.tell();
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new Failure("A text says no time");
        }
    }
}
