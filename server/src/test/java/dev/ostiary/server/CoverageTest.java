package dev.ostiary.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CoverageTest {

    @Test
    void theCoverageThatIsCommittedIsTheCodes() throws IOException {
        assertThat(Files.readString(Path.of("../contract/COVERAGE.md")))
                .as(
                        "contract/COVERAGE.md: write it anew by ./ostiary coverage > contract/COVERAGE.md")
                .isEqualTo(CoverageCommand.text());
    }
}
