package dev.ostiary.platform.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.store.embedded.StartFailure.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    @Test
    @DisplayName("a full disk is named, whichever program met it")
    void fullDisk() {
        StartFailure failure =
                StartFailure.of(
                        "cannot make the database",
                        "running bootstrap script ... FATAL:  could not extend file \"base/1\": No space left on device");
        assertThat(failure.reason()).isEqualTo(Reason.NO_SPACE);
        assertThat(failure).hasMessageContaining("disk").hasMessageNotContaining("\n");
    }

    @Test
    @DisplayName("of a long output, the line that tells is kept")
    void tellingLine() {
        StartFailure failure =
                StartFailure.of(
                        "the database does not start",
                        "LOG:  one\n12:00 [1] FATAL:  data directory has wrong ownership\nHINT:  x\n");
        assertThat(failure)
                .hasMessage(
                        "the database does not start: 12:00 [1] FATAL:  data directory has wrong ownership");
    }

    @Test
    @DisplayName("platforms are named as the archives are, others are refused")
    void platforms() {
        assertThat(Binaries.platform("Linux", "amd64")).isEqualTo("linux-x86_64");
        assertThat(Binaries.platform("Linux", "aarch64")).isEqualTo("linux-arm_64");
        assertThat(Binaries.platform("Mac OS X", "aarch64")).isEqualTo("darwin-arm_64");
        assertThat(Binaries.platform("Mac OS X", "x86_64")).isEqualTo("darwin-x86_64");
        assertThatThrownBy(() -> Binaries.platform("Windows 11", "amd64"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("--db");
    }
}
