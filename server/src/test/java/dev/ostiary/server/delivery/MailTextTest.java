package dev.ostiary.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.context.Language;
import dev.ostiary.platform.json.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MailTextTest {

    private static final Messages MESSAGES = Messages.load();
    private static final Recipient ZOE = new Recipient("zoe@acme.test", "Zoë", "zoe@acme.test");

    @Test
    @DisplayName("given an activation, when it is written, then text and HTML carry its link")
    void activation() {
        MailText text =
                written(
                        Mail.userActivation(
                                ZOE, "https://acme.test/welcome/t0k", "t0k", Duration.ofDays(7)));

        assertThat(text.subject()).isEqualTo("Welcome to acme");
        assertThat(text.text())
                .startsWith("Hello Zoë,\n\n")
                .contains("\n\nhttps://acme.test/welcome/t0k\n\n")
                .contains("for 7 days.");
        assertThat(text.html()).contains("<a href=\"https://acme.test/welcome/t0k\">");
    }

    @Test
    @DisplayName("P18 given a name made of markup and line breaks, then neither gets through")
    void hostile() {
        Recipient hostile = new Recipient("a@b.c", "<script>$1\\{login}", "x");
        MailText text = written(Mail.emailChanged(hostile, "\"><img src=x>"), "a\r\nBcc: x@y.z");

        assertThat(text.subject()).doesNotContain("\r", "\n");
        assertThat(text.text()).contains("Hello <script>$1\\{login},");
        assertThat(text.html()).doesNotContain("<script", "<img");
    }

    @Test
    @DisplayName("given a link that is no https URL, when it is written, then it is not clickable")
    void foreignLink() {
        MailText text = written(Mail.forgotPassword(ZOE, "javascript:x", "t", Duration.ofHours(1)));

        assertThat(text.html()).doesNotContain("<a ");
        assertThat(text.text()).contains("for 60 minutes.");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("given any occasion and language, when its mail is made, no place stays empty")
    void complete(Language language) {
        Duration hour = Duration.ofHours(1);
        Recipient zoe =
                new Recipient("zoe@acme.test", "Zoë", "zoe@acme.test", Optional.of(language));
        Mail[] all = {
            Mail.userActivation(zoe, "https://l", "t", hour),
            Mail.passwordResetByAdmin(zoe, "https://l", "t", hour),
            Mail.forgotPassword(zoe, "https://l", "t", hour),
            Mail.forgotPasswordDenied(zoe),
            Mail.passwordChanged(zoe),
            Mail.userDeactivated(zoe, "max@acme.test"),
            Mail.temporaryPassword(zoe, "pw"),
            Mail.accountLockout(zoe),
            Mail.selfServiceUnlock(zoe, "https://l", "t", hour),
            Mail.accountUnlocked(zoe),
            Mail.changeEmailConfirmation(zoe, "https://l", "t", hour),
            Mail.emailChanged(zoe, "new@acme.test"),
            Mail.factorCode(zoe, "123456", hour),
            Mail.pushActivation(zoe, "https://l", hour),
        };

        assertThat(all).hasSize(MailTemplate.values().length);
        for (Mail mail : all) {
            assertThat(written(mail).text()).doesNotContain("{", "}");
        }
    }

    @Test
    @DisplayName("P15 a mail and a message speak the language of whoever gets them")
    void languages() {
        Optional<Language> german =
                Recipient.language(
                        Json.object().put("locale", "ja_JP").put("preferredLanguage", "de"));
        Optional<Language> japanese = Recipient.language(Json.object().put("locale", "ja_JP"));
        Optional<Language> neither = Recipient.language(Json.object().put("locale", "fr_FR"));
        assertThat(List.of(german, japanese, neither))
                .containsExactly(
                        Optional.of(Language.GERMAN),
                        Optional.of(Language.JAPANESE),
                        Optional.empty());
        MailText mail =
                written(
                        Mail.factorCode(
                                new Recipient("a@b.c", "Zoë", "zoe", german),
                                "123456",
                                Duration.ofMinutes(5)));
        assertThat(mail.subject()).isEqualTo("Ihr Einmalcode für acme");
        assertThat(mail.text()).contains("Er funktioniert einmal, 5 Minuten lang.");
        assertThat(mail.html()).startsWith("<!DOCTYPE html>\n<html lang=\"de\">");
        assertThat(
                        said(
                                Language.JAPANESE,
                                PhoneMessage.code(Channel.SMS, "+49", japanese, "123456")))
                .isEqualTo("確認コードは 123456 です。");
        assertThat(said(Language.GERMAN, PhoneMessage.code(Channel.CALL, "+49", german, "123")))
                .isEqualTo("Ihr Bestätigungscode lautet 1, 2, 3.");
    }

    private static MailText written(Mail mail) {
        return written(mail, "acme");
    }

    private static MailText written(Mail mail, String orgName) {
        Language language = mail.language().orElse(Language.ENGLISH);
        Map<String, String> variables = new HashMap<>(mail.in(language));
        variables.put("orgName", orgName);
        return MESSAGES.of(
                Channel.MAIL,
                mail.template().wire(),
                new MailContent(language, variables, Optional.empty()));
    }

    private static String said(Language language, PhoneMessage message) {
        return MESSAGES.of(
                        message.channel(),
                        message.occasion(),
                        new MailContent(language, message.variables(), Optional.empty()))
                .text();
    }
}
