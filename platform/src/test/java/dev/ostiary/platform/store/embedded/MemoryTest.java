package dev.ostiary.platform.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The memory that there is")
class MemoryTest {

    private static final String MACHINE =
            "MemTotal:       24683972 kB\nMemFree:        1696412 kB\n";

    @TempDir private Path root;

    @Test
    @DisplayName("is that of the machine")
    void machine() throws IOException {
        write("proc/meminfo", MACHINE);
        write("sys/fs/cgroup/memory.max", "max\n");

        assertThat(new Memory(root).megabytes()).hasValue(24_105);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sys/fs/cgroup/memory.max, 1073741824, 1024",
        "sys/fs/cgroup/memory/memory.limit_in_bytes, 536870912, 512",
        "sys/fs/cgroup/memory/memory.limit_in_bytes, 9223372036854771712, 24105"
    })
    @DisplayName("is that of the container, if it has less")
    void container(String file, String limit, long megabytes) throws IOException {
        write("proc/meminfo", MACHINE);
        write(file, limit + "\n");

        assertThat(new Memory(root).megabytes()).hasValue(megabytes);
    }

    @Test
    @DisplayName("is unknown where no file tells")
    void unknown() throws IOException {
        assertThat(new Memory(root).megabytes()).isEmpty();

        write("proc/meminfo", "nothing that is known\n");

        assertThat(new Memory(root).megabytes()).isEmpty();
    }

    @ParameterizedTest(name = "of {0} MB")
    @CsvSource({"0, 128", "512, 128", "4096, 512", "24105, 2048"})
    @DisplayName("lends the database an eighth, within bounds")
    void buffers(long megabytes, int buffers) {
        assertThat(Settings.DURABLE.text(5432, megabytes))
                .contains("\nshared_buffers = " + buffers + "MB\n");
        assertThat(Settings.FORGETFUL.text(5432, megabytes)).contains("\nshared_buffers = 128MB\n");
    }

    private void write(String file, String text) throws IOException {
        Path at = root.resolve(file);
        Files.createDirectories(at.getParent());
        Files.writeString(at, text);
    }
}
