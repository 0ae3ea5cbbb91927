package dev.ostiary.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlushTest {

    private static final Sql EVENT = Sql.of("(?)", "event");

    private static final Sql WHOLE = new Sql("row", Collections.nCopies(11, "value"));

    @Test
    @DisplayName("writes and events become one statement, with the values in their order")
    void oneStatement() {
        List<Sql> out =
                Flush.together(
                        List.of(
                                Sql.of("INSERT a VALUES (?)", 1),
                                Sql.of("UPDATE b", new Object[0])),
                        List.of(EVENT, EVENT));
        assertThat(out).hasSize(1);
        assertThat(out.getFirst().text())
                .startsWith(
                        "WITH w0 AS (INSERT a VALUES (?)), w1 AS (UPDATE b) INSERT INTO system_log")
                .endsWith("VALUES (?), (?)");
        assertThat(out.getFirst().parameters()).containsExactly(1, "event", "event");
    }

    @Test
    @DisplayName("a lonely write is itself, and nothing is nothing")
    void lonely() {
        Sql write = Sql.of("DELETE FROM a WHERE b = ?", 1);
        assertThat(Flush.together(List.of(write), List.of())).containsExactly(write);
        assertThat(Flush.together(List.of(), List.of())).isEmpty();
    }

    @Test
    @DisplayName("what exceeds the protocol's limits is split, in order")
    void split() {
        Sql wide = new Sql("wide", Collections.nCopies(20_000, 1));
        List<Sql> out = Flush.together(List.of(wide, wide), Collections.nCopies(5000, WHOLE));
        assertThat(out).hasSize(3);
        assertThat(out.get(1).text()).startsWith("WITH w0 AS (wide) INSERT INTO system_log");
        assertThat(out).allSatisfy(s -> assertThat(s.parameters()).hasSizeLessThan(32_000));
    }

    @Test
    @DisplayName("many events are one statement with a parameter a column, whatever their number")
    void many() {
        List<Sql> out = Flush.together(List.of(), Collections.nCopies(300, WHOLE));
        assertThat(out).hasSize(1);
        assertThat(out.getFirst().parameters())
                .hasSize(11)
                .allSatisfy(column -> assertThat((Object[]) column).hasSize(300));
        assertThat(out.getFirst().text())
                .isEqualTo(
                        Flush.together(List.of(), Collections.nCopies(301, WHOLE))
                                .getFirst()
                                .text());
    }
}
