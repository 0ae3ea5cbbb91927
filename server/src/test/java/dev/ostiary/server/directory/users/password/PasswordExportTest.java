package dev.ostiary.server.directory.users.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Stored hashes, exported")
class PasswordExportTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=19456,t=2,p=1$MTIzNDU2Nzg5MDEyMzQ1Ng$MTIzNDU2Nzg5MDEyMzQ1NjEyMzQ1Njc4OTAxMjM0NTY",
                "$scrypt$ln=14,r=8,p=1$MTIzNDU2Nzg5MDEyMzQ1Ng$MTIzNDU2Nzg5MDEyMzQ1NjEyMzQ1Njc4OTAxMjM0NTY",
                "$2a$10$rwh3vH166HCH/NT9XV5FYuqaMqvAPULkbiQzkTCWo5XDcvzpk8Tna",
                "$md5$o=postfix$c2FsdA$Xr4ilOzQ4PCOq3aQ0qbuaQ",
                "$sha1$o=prefix$c2FsdA$MTIzNDU2Nzg5MDEyMzQ1Njc4OTA",
                "$sha256$o=none$$MTIzNDU2Nzg5MDEyMzQ1NjEyMzQ1Njc4OTAxMjM0NTY",
                "$pbkdf2-sha256$i=4096$c2FsdA$MTIzNDU2Nzg5MDEyMzQ1NjEyMzQ1Njc4OTAxMjM0NTY",
                "$pbkdf2-sha512$i=4096$c2FsdA$MTIzNDU2Nzg5MDEyMzQ1NjEyMzQ1Njc4OTAxMjM0NTY",
            })
    @DisplayName("are imported as what they were")
    void thereAndBack(String text) {
        PasswordHash stored = PasswordHash.parse(text);

        assertThat(PasswordImport.read(PasswordExport.of(stored)).text()).isEqualTo(stored.text());
    }
}
