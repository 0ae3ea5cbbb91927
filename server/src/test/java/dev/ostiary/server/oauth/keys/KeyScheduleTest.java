package dev.ostiary.server.oauth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.server.oauth.keys.KeySchedule.Mode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The schedule of signing keys")
class KeyScheduleTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final KeySchedule schedule = KeySchedule.from(START);

    @Test
    @DisplayName("given no time has passed, then the first key signs, for 90 days")
    void begins() {
        assertThat(schedule.at(START)).isEqualTo(schedule);
        assertThat(schedule.generation()).isZero();
        assertThat(schedule.nextRotation()).isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
    }

    @Test
    @DisplayName("when its time comes, the next key signs, and nothing had to run")
    void rotatesByItself() {
        assertThat(schedule.at(START.plus(DAY.multipliedBy(90)).minusMillis(1)).generation())
                .isZero();
        KeySchedule second = schedule.at(START.plus(DAY.multipliedBy(90)));
        assertThat(second.generation()).isEqualTo(1);
        assertThat(second.lastRotated()).isEqualTo(schedule.nextRotation());
        KeySchedule fifth = schedule.at(START.plus(DAY.multipliedBy(400)));
        assertThat(fifth.generation()).isEqualTo(4);
        assertThat(fifth.nextRotation()).isEqualTo(START.plus(DAY.multipliedBy(450)));
        assertThat(second.at(START.plus(DAY.multipliedBy(400)))).isEqualTo(fifth);
    }

    @Test
    @DisplayName("when somebody rotates, the next key signs at once, and 90 days begin anew")
    void rotatedByHand() {
        Instant now = START.plus(DAY.multipliedBy(100));
        KeySchedule rotated = schedule.rotated(now);
        assertThat(rotated.generation()).isEqualTo(2);
        assertThat(rotated.lastRotated()).isEqualTo(now);
        assertThat(rotated.nextRotation()).isEqualTo(now.plus(DAY.multipliedBy(90)));
    }

    @Test
    @DisplayName("given MANUAL, then the key stays, whatever the time; a change of mode keeps it")
    void manual() {
        Instant late = START.plus(DAY.multipliedBy(1000));
        KeySchedule manual = schedule.in(Mode.MANUAL, START.plus(DAY.multipliedBy(100)));
        assertThat(manual.generation()).isEqualTo(1);
        assertThat(manual.at(late)).isEqualTo(manual);
        KeySchedule again = manual.in(Mode.AUTO, late);
        assertThat(again.at(late).generation()).isEqualTo(1);
        assertThat(again.nextRotation()).isEqualTo(late.plus(DAY.multipliedBy(90)));
    }

    @Test
    @DisplayName("the next key is published 45 days ahead, but never where nobody knows when")
    void announced() {
        Instant near = START.plus(DAY.multipliedBy(45));
        assertThat(schedule.announcesNext(near.minusMillis(1))).isFalse();
        assertThat(schedule.announcesNext(near)).isTrue();
        assertThat(schedule.in(Mode.MANUAL, START).announcesNext(near)).isFalse();
    }

    @Test
    @DisplayName(
            "given a key that is due within a day, when AUTO begins, then it stays for as long as others keep it")
    void dueSoon() {
        Instant soon = START.plus(DAY.multipliedBy(90)).minusSeconds(10);
        KeySchedule again = schedule.in(Mode.MANUAL, START).in(Mode.AUTO, soon);
        assertThat(again.nextRotation()).isEqualTo(soon.plus(DAY.multipliedBy(90)));
    }

    @Test
    @DisplayName("a key that has just been published is not known to every node yet")
    void clocksDiffer() {
        Instant near = START.plus(DAY.multipliedBy(45));
        assertThat(schedule.longAnnounced(near)).isFalse();
        assertThat(schedule.longAnnounced(near.plusSeconds(60))).isTrue();
        assertThat(schedule.announcing(START).longAnnounced(START)).isFalse();
        assertThat(schedule.in(Mode.MANUAL, START).longAnnounced(near.plusSeconds(60))).isFalse();
    }
}
