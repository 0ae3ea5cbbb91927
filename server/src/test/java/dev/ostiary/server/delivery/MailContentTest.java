package dev.ostiary.server.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.context.Language;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailContentTest {

    private final SecureRandom random = new SecureRandom();
    private final Sealed sealed = new Sealed(KeyRing.of(MasterKey.generate(random)), random);

    @Test
    @DisplayName("what fills a mail comes back in its language, for its own row alone")
    void comesBack() {
        MailContent content =
                new MailContent(Language.GERMAN, Map.of("code", "123"), Optional.empty());
        byte[] bytes = content.sealed(sealed, 1, "oml1");
        assertThat(new String(bytes, UTF_8)).doesNotContain("123");
        assertThat(MailContent.opened(sealed, 1, "oml1", bytes)).isEqualTo(content);
        assertThatThrownBy(() -> MailContent.opened(sealed, 1, "oml2", bytes));
        assertThatThrownBy(() -> MailContent.opened(sealed, 2, "oml1", bytes));
    }

    @Test
    @DisplayName("given a mail that was kept with its words, then they are what it says")
    void keptWithWords() {
        byte[] bytes =
                sealed.seal(
                        new Purpose(1, "outbox_mail.content", "oml1"),
                        """
                        {"subject": "S", "text": "T", "html": "H", "variables": {"code": "123"}}"""
                                .getBytes(UTF_8));
        MailContent content = MailContent.opened(sealed, 1, "oml1", bytes);
        assertThat(content.words()).contains(new MailText("S", "T", "H"));
        assertThat(content.variables()).containsEntry("code", "123");
    }
}
