package dev.ostiary.platform.org;

import dev.ostiary.platform.json.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The switches of one org: where it is as the original is, though that is worse (docs/quirks.md).
 * Immutable.
 *
 * @param strict what the original refuses is refused too; off by default
 * @param searchDelay how long after a write {@code search}, {@code filter} and {@code q} see it
 *     (P29); none by default
 * @param test whether the org is there to be tested with, so that its clock may be moved
 * @param clock how far the org's clock is ahead of the real one; zero unless it was moved
 */
public record OrgSettings(boolean strict, Duration searchDelay, boolean test, Duration clock) {

    /** The longest delay; what was there before a write is kept as long. */
    public static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

    private static final Pattern DELAY = Pattern.compile("([0-9]{1,9})(ms|s|m)");
    private static final OrgSettings DEFAULTS =
            new OrgSettings(false, Duration.ZERO, false, Duration.ZERO);

    public OrgSettings {
        if (searchDelay.isNegative() || searchDelay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException("a search delay of " + searchDelay);
        }
    }

    /** The settings of an org that nobody has touched. */
    public static OrgSettings defaults() {
        return DEFAULTS;
    }

    /** The same with another value of the switch. */
    public OrgSettings strict(boolean on) {
        return new OrgSettings(on, searchDelay, test, clock);
    }

    /** The same with another delay, of at most {@link #LONGEST_DELAY}. */
    public OrgSettings searchDelay(Duration delay) {
        return new OrgSettings(strict, delay, test, clock);
    }

    /** The same org as one that is, or is not, there to be tested with. */
    public OrgSettings test(boolean on) {
        return new OrgSettings(strict, searchDelay, on, clock);
    }

    /** The same with a clock that is so far ahead. */
    public OrgSettings clock(Duration ahead) {
        return new OrgSettings(strict, searchDelay, test, ahead);
    }

    /** How far the org's time is ahead: in an org that is not tested with it never is. */
    public Duration ahead() {
        return test ? clock : Duration.ZERO;
    }

    /** Whether searches see a write late. */
    public boolean delaysSearch() {
        return searchDelay.isPositive();
    }

    /** A delay as people write it, such as {@code 2s}, {@code 250ms} or {@code 1m}. */
    public static Optional<Duration> delay(String text) {
        Matcher delay = DELAY.matcher(text);
        if (!delay.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(delay.group(1));
        Duration length =
                switch (delay.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    default -> Duration.ofMinutes(number);
                };
        return Optional.of(length).filter(d -> d.compareTo(LONGEST_DELAY) <= 0);
    }

    /** The delay as {@link #delay} reads it. */
    public String delayText() {
        return searchDelay.toMillisPart() == 0
                ? searchDelay.toSeconds() + "s"
                : searchDelay.toMillis() + "ms";
    }

    /** The column {@code org.settings}; what is missing there is at its default. */
    public static OrgSettings parse(String json) {
        if (json.equals("{}")) {
            return DEFAULTS;
        }
        JsonNode settings = Json.parse(json);
        return new OrgSettings(
                settings.path("strict").asBoolean(false),
                delay(settings.path("searchDelay").asString("")).orElse(Duration.ZERO),
                settings.path("test").asBoolean(false),
                Duration.ofMillis(settings.path("clock").asLong(0)));
    }

    ObjectNode json() {
        return Json.object()
                .put("strict", strict)
                .put("searchDelay", delayText())
                .put("test", test)
                .put("clock", clock.toMillis());
    }
}
