package dev.ostiary.server.systemlog;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks of the log (System Log API, "Request parameters").
 *
 * @param since the earliest moment, if the client says
 * @param until the latest moment, if the client says
 * @param direction of the bounded order
 * @param page which page
 * @param condition {@code filter} and {@code q} on rows of {@code system_log}; empty for all
 */
record LogQuery(
        Optional<Instant> since,
        Optional<Instant> until,
        Direction direction,
        PageRequest page,
        Sql condition) {

    /** How far back a query looks that does not say. */
    static final Duration USUAL = Duration.ofDays(7);

    /** How far back a query may say that it looks. */
    private static final Duration FARTHEST = Duration.ofDays(180);

    private static final Limits LIMITS = Limits.refusing(100, 1000).from(0);

    /**
     * Reads the parameters; empty ones count as absent, {@code since} beside {@code after} is what
     * our own links have.
     *
     * @param now the org's clock
     * @param strict whether only documented operators are allowed (P28), and no {@code since} too
     *     long ago
     * @throws ApiException a 400 for what is documented as such
     */
    static LogQuery of(Map<String, List<String>> parameters, Instant now, boolean strict) {
        List<String> wrong = new ArrayList<>();
        Optional<Instant> since = date("since", parameters, wrong);
        Optional<Instant> until = date("until", parameters, wrong);
        if (!wrong.isEmpty()) {
            throw badDates(wrong);
        }
        check(since, until, now, strict);
        return new LogQuery(
                since,
                until,
                direction(parameters),
                PageRequest.of(parameters, LIMITS),
                condition(parameters, strict));
    }

    /** Whether this follows the log as it grows (System Log API, "Polling requests"). */
    boolean isPolling() {
        return until.isEmpty() && direction == Direction.ASC && page.before().isEmpty();
    }

    private static Optional<Instant> date(
            String name, Map<String, List<String>> parameters, List<String> wrong) {
        Optional<String> text = text(name, parameters);
        // a plus sign that the client forgot to encode arrives as a space
        Optional<Instant> date = text.flatMap(t -> Dates.parse(t.replace(' ', '+')));
        if (text.isPresent() && date.isEmpty()) {
            wrong.add(name);
        }
        return date;
    }

    private static ApiException badDates(List<String> names) {
        List<String> causes = new ArrayList<>();
        for (String name : names) {
            causes.add(
                    name
                            + ": The date format in your query is not recognized. Please enter"
                            + " dates using ISO8601 string format.");
            causes.add(name + ": must be a valid date-time or empty.");
        }
        String summary =
                String.join(
                        ". ",
                        causes.stream().map(cause -> "'" + cause.replaceFirst(":", "':")).toList());
        return ApiException.validation(summary, causes);
    }

    /**
     * The documentation refuses what is longer ago than it keeps, and elsewhere says that it
     * succeeds; the official Node client's tests ask from 2018 on.
     */
    private static void check(
            Optional<Instant> since, Optional<Instant> until, Instant now, boolean strict) {
        if (strict && since.isPresent() && since.get().isBefore(now.minus(FARTHEST))) {
            throw invalid("The since parameter is over 180 days prior to the current day.");
        }
        if (since.isPresent() && until.isPresent() && since.get().isAfter(until.get())) {
            throw invalid("The since parameter is after the until parameter.");
        }
    }

    private static ApiException invalid(String message) {
        return ApiException.of("E0000053").saying("Invalid parameter: " + message);
    }

    private static Direction direction(Map<String, List<String>> parameters) {
        return text("sortOrder", parameters)
                .map(
                        order ->
                                Direction.of(order)
                                        .orElseThrow(
                                                () ->
                                                        ApiException.validation(
                                                                "sortOrder",
                                                                "sortOrder: must be 'ASCENDING' or"
                                                                        + " 'DESCENDING'")))
                .orElse(Direction.ASC);
    }

    private static Sql condition(Map<String, List<String>> parameters, boolean strict) {
        Sql filter =
                text("filter", parameters)
                        .map(new SqlFilter(LogAttributes.ALL, FilterErrors.LOG, strict)::where)
                        .orElse(Sql.nothing());
        Sql keywords =
                text("q", parameters)
                        .map(q -> Keywords.parse(q).condition("system_log.body"))
                        .orElse(Sql.nothing());
        return Sql.join(" AND ", List.of(filter, keywords));
    }

    private static Optional<String> text(String name, Map<String, List<String>> parameters) {
        return parameters.getOrDefault(name, List.of()).stream()
                .findFirst()
                .filter(value -> !value.isEmpty());
    }
}
