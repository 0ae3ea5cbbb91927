package dev.ostiary.server.systemlog.events;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What a client asks of the Events API (Events API, "Request Parameters").
 *
 * @param start the earliest second that the first page shows, if time says where it begins
 * @param after the cursor, if there is one
 * @param limit how many events at most
 * @param condition on rows of {@code system_log}; empty for all
 */
record EventsQuery(Optional<Instant> start, Optional<String> after, int limit, Sql condition) {

    static final String START_DATE = "startDate";

    private static final String FILTER = "filter";
    private static final Limits LIMITS = Limits.refusing(1000, 1000);
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration FARTHEST = Duration.ofDays(180);

    /**
     * Reads the parameters; empty ones count as absent, but for a filter, which is then none (P26).
     *
     * @param now the org's clock
     * @param filter how filters are read
     * @throws ApiException a 400 for what cannot be understood, or not together
     */
    static EventsQuery of(Query query, Instant now, SqlFilter filter) {
        PageRequest page = PageRequest.forward(query.values(), LIMITS);
        Optional<String> startDate = query.text(START_DATE);
        Optional<String> expression = query.first(FILTER);
        if (startDate.isPresent()) {
            refuseBeside(expression.isPresent(), FILTER);
            refuseBeside(page.after().isPresent(), "after");
        }
        Optional<Instant> start =
                startDate
                        .map(text -> date(text, now))
                        .or(() -> usual(page, expression, now))
                        .map(EventsQuery::nextSecond);
        return new EventsQuery(
                start,
                page.after(),
                page.limit(),
                Sql.join(
                        " AND ",
                        List.of(
                                start.map(EventAttributes::from).orElse(Sql.nothing()),
                                expression.map(filter::where).orElse(Sql.nothing()))));
    }

    private static void refuseBeside(boolean given, String other) {
        if (given) {
            throw ApiException.validation(
                    START_DATE, START_DATE + ": cannot be used together with '" + other + "'");
        }
    }

    private static Optional<Instant> usual(PageRequest page, Optional<String> filter, Instant now) {
        return page.after().isEmpty() && filter.isEmpty()
                ? Optional.of(now.minus(USUAL))
                : Optional.empty();
    }

    /** Only whole seconds are shown: what is after a moment begins with the next one. */
    private static Instant nextSecond(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    /**
     * Dates were read liberally here (Events API Migration, "Time range"): a day is one too, a
     * space may stand between date and time, and a plus sign that nobody encoded arrives as a
     * space.
     */
    private static Instant date(String text, Instant now) {
        String spaced =
                text.indexOf('T') >= 0 ? text.replace(' ', '+') : text.replaceFirst(" ", "T");
        Instant date =
                Dates.parse(spaced)
                        .or(() -> Dates.parse(spaced + "T00:00:00Z"))
                        .orElseThrow(
                                () ->
                                        ApiException.validation(
                                                START_DATE,
                                                START_DATE
                                                        + ": The date format in your query is not"
                                                        + " recognized. Please enter dates using"
                                                        + " ISO8601 string format."));
        if (date.isBefore(now.minus(FARTHEST))) {
            throw ApiException.of("E0000053")
                    .saying(
                            "Invalid parameter: The startDate parameter is over 180 days prior to the"
                                    + " current day.");
        }
        return date;
    }
}
