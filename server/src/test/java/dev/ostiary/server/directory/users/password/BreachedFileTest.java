package dev.ostiary.server.directory.users.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The operator's list of passwords that others have")
class BreachedFileTest {

    @TempDir private Path folder;

    private static String digest(String password) throws GeneralSecurityException {
        return HexFormat.of()
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-1").digest(password.getBytes(UTF_8)));
    }

    private Path file(String lineEnd, int many) throws Exception {
        TreeSet<String> lines = new TreeSet<>();
        for (int i = 0; i < many; i++) {
            lines.add(digest("known-" + i) + ":" + (i * 7919 + 1));
        }
        return Files.writeString(folder.resolve("list.txt"), String.join(lineEnd, lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    @DisplayName("whatever is in it is found, and nothing else, however lines end")
    void finds(String lineEnd) throws Exception {
        for (int many : new int[] {1, 2, 3, 1000}) {
            try (BreachedFile list = BreachedFile.open(file(lineEnd, many))) {
                for (int i = 0; i < many; i++) {
                    assertThat(list.contains("known-" + i)).as("%d of %d", i, many).isTrue();
                    assertThat(list.contains("other-" + i)).as("%d of %d", i, many).isFalse();
                }
            }
        }
    }

    @Test
    @DisplayName(
            "an empty one knows nothing, and what is no such list is refused when it is opened")
    void others() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.txt"), "");
        try (BreachedFile list = BreachedFile.open(empty)) {
            assertThat(list.contains("password")).isFalse();
        }
        Path words = Files.writeString(folder.resolve("words.txt"), "password\nletmein\n");
        assertThatThrownBy(() -> BreachedFile.open(words)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> BreachedFile.open(folder.resolve("none.txt")))
                .isInstanceOf(UncheckedIOException.class);
    }
}
