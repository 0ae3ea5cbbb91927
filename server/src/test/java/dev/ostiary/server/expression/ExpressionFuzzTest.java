package dev.ostiary.server.expression;

import dev.ostiary.platform.fuzz.Fuzzing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that nobody thought of: a coverage-guided fuzzer (Jazzer) runs over parser and compiler in
 * the deep run; what it once found interesting is held in every run.
 */
class ExpressionFuzzTest {

    private static final List<String> DICTIONARY =
            List.of(
                    "AND",
                    "OR",
                    "NOT",
                    "matches",
                    "true",
                    "null",
                    "user",
                    "user.",
                    "firstName",
                    "salary",
                    "isContractor",
                    "intArray",
                    "strArray",
                    "rating",
                    "String.",
                    "String.replace(",
                    "String.stringSwitch(",
                    "substring(",
                    "Arrays.",
                    "Arrays.flatten(",
                    "Convert.toInt(",
                    "Iso3166Convert.toName(",
                    "Time.now(",
                    "Time.fromStringToIso8601(",
                    "DateTime.now()",
                    ".parseStringTime(",
                    ".plusDays(",
                    "isMemberOfGroup(",
                    "isMemberOfGroupNameRegex(",
                    "user.getGroups(",
                    "user.isMemberOf(",
                    "'group.id'",
                    "'group.profile.name'",
                    "'operator'",
                    "'EXACT'",
                    ".![",
                    "?:",
                    "==",
                    "!=",
                    "&&",
                    "||",
                    "(a+)+b",
                    "YYYY-MM-dd");

    static Stream<String> corpus() throws IOException {
        return Fuzzing.corpus(ExpressionFuzzTest.class, "corpus.json");
    }

    @ParameterizedTest
    @MethodSource("corpus")
    @DisplayName("P30 given a text of the corpus, then it neither crashes, nor hangs")
    void corpus(String text) {
        ExpressionTarget.check(text);
    }

    @Test
    @Tag("deep")
    @DisplayName("P30 given minutes of coverage-guided fuzzing, then no text breaks a promise")
    void fuzz(@TempDir Path folder) throws IOException, InterruptedException {
        new Fuzzing(
                        ExpressionTarget.class,
                        "dev.ostiary.server.expression.**",
                        List.of("dev.ostiary.server.expression.Reference*"),
                        DICTIONARY)
                .run(folder, corpus());
    }
}
