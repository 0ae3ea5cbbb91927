package dev.ostiary.server.systemlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.systemlog.LogGround.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class BoundedTest {

    private static final String TYPE = "user.session.start";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String UNTIL_EVENING = "until=2026-03-01T20:00:00Z";

    private final LogGround log;
    private final Org acme;

    BoundedTest(DatabaseAccess access) {
        log = new LogGround(access);
        acme = log.ground.acme;
    }

    @BeforeEach
    void forget() {
        log.ground.database.acrossOrgs(tx -> tx.run(Sql.of("DELETE FROM system_log")));
        log.ground.clock.set(NOON);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    @DisplayName(
            "P24 P25 given many events, when one pages, then each comes once, in order of time")
    void pages() {
        List<String> written = new ArrayList<>();
        for (int n = 0; n < 23; n++) {
            log.write(acme, TYPE, "00u" + n);
            written.add("00u" + n);
        }

        assertThat(targets(UNTIL_EVENING + "&limit=5")).isEqualTo(written);
        assertThat(targets("sortOrder=DESCENDING&limit=5")).isEqualTo(written.reversed());
        assertThat(log.ask(acme, UNTIL_EVENING + "&limit=23").next()).isEmpty();
        assertThat(log.ask(acme, UNTIL_EVENING + "&limit=22").next().orElseThrow())
                .startsWith("https://acme.test/api/v1/logs?until=2026-03-01T20%3A00%3A00Z&after=")
                .endsWith("&limit=22");
        assertThat(log.ask(acme, UNTIL_EVENING).self())
                .isEqualTo("https://acme.test/api/v1/logs?until=2026-03-01T20%3A00%3A00Z");
    }

    @Test
    @DisplayName(
            "P24 given events that come while one pages backwards, then none repeats or is lost")
    void growing() {
        for (int n = 0; n < 6; n++) {
            log.write(acme, TYPE, "00u" + n);
        }
        Answer first = log.ask(acme, "sortOrder=DESCENDING&limit=3");
        log.write(acme, TYPE, "late");

        assertThat(first.targets()).containsExactly("00u5", "00u4", "00u3");
        assertThat(log.follow(acme, first.next().orElseThrow()).targets())
                .containsExactly("00u2", "00u1", "00u0");
    }

    @Test
    @DisplayName("P24 given before, when one asks, then the rows right before it come")
    void before() {
        for (int n = 0; n < 6; n++) {
            log.write(acme, TYPE, "00u" + n);
        }
        String cursor =
                log.ask(acme, UNTIL_EVENING + "&limit=5")
                        .next()
                        .orElseThrow()
                        .replaceAll(".*after=([^&]*).*", "$1");

        assertThat(log.ask(acme, UNTIL_EVENING + "&limit=2&before=" + cursor).targets())
                .containsExactly("00u2", "00u3");
        refused("E0000029", "limit=2&before=" + cursor + "&after=" + cursor);
        refused("E0000029", UNTIL_EVENING + "&before=x");
    }

    @Test
    @DisplayName("given since and until, then both ends are included, to the millisecond shown")
    void ends() {
        for (int n = 0; n < 5; n++) {
            log.ground.clock.set(NOON.plusMillis(n).plusNanos(987_000));
            log.write(acme, TYPE, "00u" + n);
        }

        assertThat(targets("since=2026-03-01T12:00:00.001Z&until=2026-03-01T12:00:00.003Z"))
                .containsExactly("00u1", "00u2", "00u3");
        assertThat(targets("since=2026-03-01T13:00:00.001%2B01:00&until=2026-03-01T12:00:00.001Z"))
                .containsExactly("00u1");
    }

    @Test
    @DisplayName("given no since, then seven days before until; and never more than is retained")
    void defaults() {
        for (int day : new int[] {100, 80, 8, 6}) {
            log.ground.clock.set(NOON.minus(Duration.ofDays(day)));
            log.write(acme, TYPE, "day" + day);
        }
        log.ground.clock.set(NOON);

        assertThat(targets(UNTIL_EVENING)).containsExactly("day6");
        assertThat(targets("sortOrder=DESCENDING")).containsExactly("day6");
        assertThat(targets("until=2026-02-25T12:00:00Z")).containsExactly("day8", "day6");
        assertThat(targets("since=2025-11-01T00:00:00Z&" + UNTIL_EVENING))
                .containsExactly("day80", "day8", "day6");
        assertThat(targets("since=2025-11-01T00:00:00Z")).containsExactly("day80", "day8", "day6");
        assertThat(targets("since=2018-01-26T00:00:00Z&" + UNTIL_EVENING))
                .contains("day80", "day8", "day6");
        assertThat(targets("")).containsExactly("day6");
    }

    @Test
    @DisplayName("given dates that are none, then each is named in the documented words")
    void badDates() {
        ApiException refusal = refused("E0000001", "since=yesterday&until=2026-13-01T00:00:00Z");

        assertThat(refusal.arguments().getFirst().toString())
                .endsWith(
                        "'until': The date format in your query is not recognized. Please enter"
                                + " dates using ISO8601 string format.. 'until': must be a valid"
                                + " date-time or empty.");
        assertThat(refusal.causes())
                .hasSize(4)
                .contains(
                        "since: must be a valid date-time or empty.",
                        "until: The date format in your query is not recognized. Please enter dates"
                                + " using ISO8601 string format.");
    }

    @Test
    @DisplayName("P24 P30 given parameters out of bounds, then each has its clean 400")
    void bounds() {
        refused("E0000053", "since=2026-03-01T11:00:00Z&until=2026-03-01T10:00:00Z");
        refused("E0000001", "limit=1001");
        refused("E0000001", "limit=-1");
        refused("E0000001", "limit=many");
        refused("E0000001", "sortOrder=SIDEWAYS");
        refused("E0000001", "q=" + "x".repeat(41));
        refused("E0000001", "q=a+b+c+d+e+f+g+h+i+j+k");
        refused("E0000053", "filter=display_message+eqq+%22x%22");
        refused("E0000053", "filter=some_invalid_field+eq+%22x%22");
        refused("E0000053", "filter=" + "(".repeat(10_000));
        refused("E0000029", UNTIL_EVENING + "&after=tampered");
        assertThat(log.ask(acme, UNTIL_EVENING + "&limit=0").events()).isEmpty();
    }

    @Test
    @DisplayName("P28 given a strict org, then what the documentation refuses is refused, not else")
    void strict() {
        String url = "filter=" + LogGround.encoded("debugContext.debugData.url co \"/oauth/\"");
        String date = "filter=" + LogGround.encoded("published gt \"2026-01-01T00:00:00Z\"");

        assertThat(log.ask(acme, url).events()).isEmpty();
        assertThat(log.ask(acme, date).events()).isEmpty();
        for (String query : List.of(url, date)) {
            assertThatThrownBy(() -> log.ask(log.ground.strict, query))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000031"));
        }
        assertThatThrownBy(() -> log.ask(log.ground.strict, "since=2018-01-26T00:00:00Z"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000053"));
        String not = LogGround.encoded("not (actor.id ne \"x\") and client.device ew \"r\"");
        assertThat(log.ask(log.ground.strict, "filter=" + not).events()).isEmpty();
    }

    private List<String> targets(String query) {
        return log.all(acme, query).stream().map(Answer::target).toList();
    }

    private ApiException refused(String code, String query) {
        try {
            log.ask(acme, query);
        } catch (ApiException e) {
            assertThat(e.code()).as(query).isEqualTo(code);
            return e;
        }
        throw new AssertionError("not refused: " + query);
    }
}
