package dev.ostiary.conformance.principles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PrincipleTableTest {

    private static final String HEAD = "# The contract";
    private static final String REPORT =
            """
            <testsuite name="x"><testcase name="P2 P36 given, then" classname="a.BTest" time="1"/>
            <testcase name="a PT8H window, as P-256 has" classname="P2 suite" time="1"/>
            <testcase name="P17 fails" classname="a.BTest" time="1"><failure/></testcase>
            <testcase name="P18 skipped" classname="a.BTest" time="1">
              <skipped/></testcase></testsuite>
            """;

    @Test
    @DisplayName("given cases that passed, then each line names its suites with their counts")
    void written() {
        assertThat(
                        table("| P2 | HTTPS | held |", "| P36 | headers | held | 9 | OldTest 9 |")
                                .written())
                .containsExactly(
                        HEAD,
                        "| P2 | HTTPS | held | 2 | BTest 2 |",
                        "| P36 | headers | held | 10 | BTest 1, OldTest 9 |");
    }

    @Test
    @DisplayName("given a case that failed or was skipped, then it holds nothing")
    void failed() {
        assertThat(table("| P17 | errors | held |", "| P18 | markup | open: later |").differences())
                .containsExactly("P17: said to be held, but no suite names it");
    }

    @Test
    @DisplayName(
            "given cases that were skipped, as without a browser, then the page keeps its word")
    void skipped() {
        PrincipleTable table = table("| P18 | markup | held | 3 | BTest 3 |");

        assertThat(table.differences()).isEmpty();
        assertThat(table.written().getLast()).endsWith("| 3 | BTest 3 |");
    }

    @Test
    @DisplayName(
            "given another count, then the page is still right; given another suite, it is not")
    void differences() {
        assertThat(table("| P2 | HTTPS | held | 7 | BTest 5, DeepTest 2 |").differences())
                .isEmpty();
        assertThat(table("| P2 | HTTPS | held | 2 | DeepTest 2 |").differences())
                .containsExactly("P2: the page does not name BTest, which holds it");
        assertThat(table("| P4 | growth | held | 2 | BTest 2, DeepTest 1 |").differences())
                .containsExactly("P4: the page names BTest, which holds it no longer");
    }

    @Test
    @DisplayName(
            "given a suite that names a line but has not run, then it is told, unless the page knows it")
    void silent() {
        String holds = "@DisplayName(\"P2 given, then\")";

        assertThat(
                        table("| P2 | HTTPS | held | 2 | DeepTest 2 |")
                                .silent(
                                        Map.of(
                                                "BTest", holds,
                                                "DeepTest", holds,
                                                "LostTest", holds,
                                                "OtherTest", "@DisplayName(\"PT8H\")")))
                .containsExactly("LostTest names a line, but has not run");
    }

    private static PrincipleTable table(String... rows) {
        PrincipleTable.Reports reports = PrincipleTable.Reports.none();
        reports.add("BTest", REPORT);
        return new PrincipleTable(
                Stream.concat(List.of(HEAD).stream(), List.of(rows).stream()).toList(), reports);
    }
}
