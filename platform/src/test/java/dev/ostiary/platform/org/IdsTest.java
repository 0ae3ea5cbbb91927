package dev.ostiary.platform.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IdsTest {

    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private final Ids ids = new Ids(InstantSource.fixed(NOW), new SplittableRandom(1));

    @Test
    @DisplayName("an id has a prefix, 14 characters of base 62 and the org's tail: 20 in all")
    void shape() {
        assertThat(ids.next("00u", "1d7")).matches("00u[0-9A-Za-z]{14}1d7");
        assertThat(ids.newTail()).matches("[0-9A-Za-z]{3}");
        assertThat(Ids.isId(ids.next("00u", "1d7"))).isTrue();
        assertThatThrownBy(() -> ids.next("0u", "1d7"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("ids of one type and org sort by the millisecond they were made in, by code point")
    void order() {
        List<String> made = new ArrayList<>();
        Instant moment = Instant.parse("2020-01-01T00:00:00Z");
        for (int i = 0; i < 5000; i++) {
            made.add(ids.next("00u", "1d7", moment));
            moment = moment.plusMillis(1L + 20_000L * (i % 40) * (i % 40) * (i % 3));
        }
        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(ids.next("00u", "1d7", Instant.parse("2131-01-01T00:00:00Z")))
                .isGreaterThan(ids.next("00u", "1d7", NOW));
    }

    @Test
    @DisplayName("ids of one millisecond differ")
    void unique() {
        HashSet<String> seen = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            assertThat(seen.add(ids.next("00u", "1d7"))).isTrue();
        }
    }

    @Test
    @DisplayName("a clock far outside the range still makes well-formed ids")
    void clamped() {
        for (Instant moment : List.of(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"))) {
            assertThat(Ids.isId(ids.next("00g", "zzz", moment))).isTrue();
        }
    }

    @Test
    @DisplayName("P33 errors, requests and sessions have the wire's shapes")
    void others() {
        assertThat(ids.errorId()).matches("oae[0-9A-Za-z_-]{22}");
        assertThat(ids.requestId()).matches("[0-9a-f]{32}");
        assertThat(ids.sessionId()).matches("102[0-9A-Za-z_-]{22}");
    }

    @Test
    @DisplayName("what cannot be an id is known without a query")
    void notAnId() {
        assertThat(
                        List.of(
                                "",
                                "me",
                                "00u",
                                "isaac@example.com",
                                "00u1234567890123456\u0000",
                                "00u12345678901234567'"))
                .noneMatch(Ids::isId);
    }
}
