package dev.ostiary.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {

    private static final String HEX =
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff";

    private final SecureRandom random = new SecureRandom();
    @TempDir private Path folder;

    @Test
    @DisplayName("one key in hex, base64 and URL-safe base64 is the same key with the same id")
    void textForms() {
        byte[] bytes = HexFormat.of().parseHex(HEX);
        MasterKey hex = MasterKey.parse(HEX);

        assertThat(MasterKey.parse(Base64.getEncoder().encodeToString(bytes))).isEqualTo(hex);
        assertThat(
                        MasterKey.parse(
                                " "
                                        + Base64.getUrlEncoder()
                                                .withoutPadding()
                                                .encodeToString(bytes)))
                .isEqualTo(hex);
        assertThat(hex.id()).hasSize(8).isEqualTo(MasterKey.parse(HEX).id());
        assertThat(hex).isNotEqualTo(MasterKey.generate(random));
    }

    @Test
    @DisplayName("a text that is no key is refused without being repeated")
    void badText() {
        for (String bad :
                new String[] {"", "hunter2", "z".repeat(64), "A".repeat(42), "ä".repeat(43)}) {
            assertThatThrownBy(() -> MasterKey.parse(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("32 bytes")
                    .hasNoCause();
        }
    }

    @Test
    @DisplayName("sub-keys differ by use, and a printed key shows its id only")
    void derivation() {
        MasterKey key = MasterKey.parse(HEX);

        assertThat(key.derive("a", "AES").getEncoded())
                .hasSize(32)
                .isEqualTo(key.derive("a", "AES").getEncoded())
                .isNotEqualTo(key.derive("b", "AES").getEncoded())
                .isNotEqualTo(HexFormat.of().parseHex(HEX));
        assertThat(key).hasToString("MasterKey[" + key.id() + "]");
        assertThat(KeyRing.of(key)).hasToString("KeyRing[" + key.id() + "]");
    }

    @Test
    @DisplayName("a ring reads several keys, the first is current; the same key twice is refused")
    void ring() {
        MasterKey a = MasterKey.generate(random);
        MasterKey b = MasterKey.generate(random);

        KeyRing ring = KeyRing.parse("# comment\n" + a.text() + ",\n " + b.text() + "\n\n");
        assertThat(ring.current()).isEqualTo(a);
        assertThat(ring.keys()).containsExactly(a, b);
        assertThat(ring.find(b.id())).isEqualTo(b);
        assertThat(ring.find("ffffffff")).isNull();
        assertThat(ring.withoutOlder().keys()).containsExactly(a);
        assertThatThrownBy(() -> ring.rotatedTo(b)).hasMessageContaining("twice");
        assertThatThrownBy(() -> KeyRing.parse("# nothing")).hasMessageContaining("no master key");
    }

    @Test
    @DisplayName(
            "given no file, when the server starts, then one of mode 600 is made and read again")
    void firstStart() throws IOException {
        Path path = folder.resolve("data/master.key");
        KeyFile file = new KeyFile(path);

        KeyRing made = file.readOrCreate(random);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(new KeyFile(path).readOrCreate(random).keys()).isEqualTo(made.keys());
        assertThat(path.getParent()).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    @DisplayName(
            "given a file that others can read, then it is refused with one line that says what to do")
    void openFile() throws IOException {
        Path path = folder.resolve("master.key");
        KeyFile file = new KeyFile(path);
        file.readOrCreate(random);

        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(file::read)
                    .isInstanceOf(KeyFile.KeyFileException.class)
                    .hasMessageContaining(mode)
                    .hasMessageContaining("chmod 600")
                    .hasMessageNotContaining("\n");
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
        assertThat(file.read().keys()).hasSize(1);
    }

    @Test
    @DisplayName("a broken or missing file is one line that repeats nothing of its content")
    void brokenFile() throws IOException {
        Path path = folder.resolve("master.key");
        assertThatThrownBy(new KeyFile(path)::read).hasMessageContaining("cannot read");

        Files.createFile(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(path, "almost-a-secret");
        assertThatThrownBy(new KeyFile(path)::read)
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("almost");
    }

    @Test
    @DisplayName("a rotation keeps the old key readable and replaces the file whole")
    void rotation() {
        KeyFile file = new KeyFile(folder.resolve("master.key"));
        KeyRing before = file.readOrCreate(random);

        file.write(before.rotatedTo(MasterKey.generate(random)));

        assertThat(file.read().keys()).hasSize(2).endsWith(before.current());
    }
}
