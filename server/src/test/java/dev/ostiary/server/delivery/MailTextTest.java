package dev.ostiary.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailTextTest {

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

    @Test
    @DisplayName("given any occasion, when its mail is made, then no place stays empty")
    void complete() {
        Duration hour = Duration.ofHours(1);
        Mail[] all = {
            Mail.userActivation(ZOE, "https://l", "t", hour),
            Mail.passwordResetByAdmin(ZOE, "https://l", "t", hour),
            Mail.forgotPassword(ZOE, "https://l", "t", hour),
            Mail.forgotPasswordDenied(ZOE),
            Mail.passwordChanged(ZOE),
            Mail.userDeactivated(ZOE, "max@acme.test"),
            Mail.temporaryPassword(ZOE, "pw"),
            Mail.accountLockout(ZOE),
            Mail.selfServiceUnlock(ZOE, "https://l", "t", hour),
            Mail.accountUnlocked(ZOE),
            Mail.changeEmailConfirmation(ZOE, "https://l", "t", hour),
            Mail.emailChanged(ZOE, "new@acme.test"),
            Mail.factorCode(ZOE, "123456", hour),
            Mail.pushActivation(ZOE, "https://l", hour),
        };

        assertThat(all).hasSize(MailTemplate.values().length);
        for (Mail mail : all) {
            assertThat(written(mail).text()).doesNotContain("{", "}");
        }
    }

    private static MailText written(Mail mail) {
        return written(mail, "acme");
    }

    private static MailText written(Mail mail, String orgName) {
        Map<String, String> variables = new HashMap<>(mail.variables());
        variables.put("orgName", orgName);
        return MailText.of(mail.template(), variables);
    }
}
