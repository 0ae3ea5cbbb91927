package dev.ostiary.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Target;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.policy.assurance.Proven;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Somebody who comes to an app")
class AppSignOnTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Proven PASSWORD = Proven.NOTHING.with(Method.PASSWORD, NOON);
    private static final Optional<Duration> HOUR = Optional.of(Duration.ofHours(1));

    private static Proven counting(
            Optional<Instant> active, Instant since, Optional<Duration> inactivity) {
        return new AppSignOn.Comer(
                        new Target("0oa1", "AppInstance", "App", "App"),
                        new Actor("00u1", "User", "ada", "Ada"),
                        PASSWORD,
                        since,
                        active,
                        Optional.empty(),
                        NOON.plusSeconds(7200))
                .proven(inactivity);
    }

    @Test
    @DisplayName(
            "and did nothing for longer than a rule allows has proven what came for this alone")
    void away() {
        Optional<Instant> early = Optional.of(NOON.plusSeconds(3599));
        assertThat(counting(early, Instant.MAX, HOUR)).isEqualTo(Proven.NOTHING);
        assertThat(counting(early, NOON, HOUR)).isEqualTo(PASSWORD);
        assertThat(counting(early, Instant.MAX, Optional.empty())).isEqualTo(PASSWORD);
    }

    @Test
    @DisplayName("and was seen in time has proven all of it, and so has who is just here")
    void there() {
        assertThat(counting(Optional.of(NOON.plusSeconds(3600)), Instant.MAX, HOUR))
                .isEqualTo(PASSWORD);
        assertThat(counting(Optional.empty(), Instant.MAX, HOUR)).isEqualTo(PASSWORD);
    }
}
