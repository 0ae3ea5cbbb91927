package dev.ostiary.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A look at a file before it is imported")
class FileScanTest {

    @TempDir private Path folder;

    private FileScan scan(byte[] text) throws IOException {
        return FileScan.of(Files.write(folder.resolve("file"), text));
    }

    @Test
    @DisplayName("counts lines, the last one without its end too")
    void counts() throws IOException {
        assertThat(scan(new byte[0])).isEqualTo(new FileScan(0, List.of()));
        assertThat(scan(utf8("a")).lines()).isEqualTo(1);
        assertThat(scan(utf8("a\n\nb")).lines()).isEqualTo(3);
        assertThat(scan(utf8("a\n\nb\n")).lines()).isEqualTo(3);
    }

    @Test
    @DisplayName("P8 names the lines that are not in UTF-8, and no others")
    void foreign() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(utf8("é 😀\n"));
        file.writeBytes("é\n".getBytes(StandardCharsets.ISO_8859_1));
        file.writeBytes(utf8("plain\n"));
        file.write(0xf0);
        file.write(0x9f);
        file.writeBytes(utf8("\nlast "));
        file.write(0xc3);

        assertThat(scan(file.toByteArray()).foreign()).containsExactly(2L, 4L, 5L);
    }

    @Test
    @DisplayName("a character that lies across two reads is one all the same")
    void acrossReads() throws IOException {
        for (int shift = 0; shift < 5; shift++) {
            String text = "x".repeat(shift) + "😀".repeat(40_000) + "\n" + "é".repeat(70_000);
            assertThat(scan(utf8(text)).foreign()).isEmpty();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
