package dev.ostiary.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.DummySSLSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ostiary.server.delivery.MailSender.Letter;
import dev.ostiary.server.delivery.MailSender.Outcome;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpSenderTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
    private static final Letter LETTER =
            new Letter(
                    "oml1",
                    Channel.MAIL,
                    "zoë@example.com",
                    "Grüße ✉ 𝄞",
                    "Hello Zoë, 𝄞\n",
                    "<p>Hello Zoë, 𝄞</p>\n");

    @TempDir static Path folder;

    private GreenMail server = new GreenMail(new ServerSetup[0]);

    /** The certificate that comes with the test server names nobody; this one is localhost's. */
    @BeforeAll
    static void certificate() throws Exception {
        Path store = folder.resolve("localhost.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "localhost",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "changeit")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        assertThat(keytool.waitFor()).isZero();
        System.setProperty(
                DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY, store.toString());
    }

    @AfterAll
    static void forgetCertificate() {
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    @DisplayName("given a plain server, when a letter is sent, then it arrives in both forms")
    void sends() throws Exception {
        int port = start(ServerSetup.PROTOCOL_SMTP);

        Outcome outcome =
                sender("smtp://localhost:" + port + "?tls=none&from=me@acme.test").send(LETTER);

        assertThat(outcome).isEqualTo(new Outcome.Sent());
        MimeMessage message = server.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("Grüße ✉ 𝄞");
        assertThat(message.getHeader("Message-ID")).containsExactly("<oml1@acme.test>");
        assertThat(message.getAllRecipients()[0]).hasToString("zoë@example.com");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("Hello Zoë, 𝄞");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    }

    @Test
    @DisplayName("given SMTPS with a password, when it is right, then the letter is taken")
    void smtps() throws Exception {
        int port = start(ServerSetup.PROTOCOL_SMTPS);
        GreenMailUser user = server.setUser("me@acme.test", "me", "p ss:wörd@");
        server.getUserManager().setAuthRequired(true);

        Outcome right =
                sender("smtps://me:p%20ss:w%C3%B6rd%40@localhost:" + port + "?from=me@acme.test")
                        .send(LETTER);
        Outcome wrong =
                sender("smtps://me:other@localhost:" + port + "?from=me@acme.test").send(LETTER);

        assertThat(user.getLogin()).isEqualTo("me");
        assertThat(right).isEqualTo(new Outcome.Sent());
        assertThat(wrong)
                .isEqualTo(new Outcome.Unreachable("the mail server refuses user and password"));
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    @DisplayName("given a server whose certificate nobody vouches for, then nothing is sent")
    void untrusted() {
        int port = start(ServerSetup.PROTOCOL_SMTPS);
        SSLSocketFactory usual = (SSLSocketFactory) SSLSocketFactory.getDefault();

        Outcome outcome =
                new SmtpSender(
                                SmtpSettings.parse(
                                        "smtps://localhost:" + port + "?from=me@acme.test"),
                                usual,
                                CLOCK)
                        .send(LETTER);

        assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    @DisplayName("given a certificate of another name, then nothing is sent")
    void otherName() {
        int port = start(ServerSetup.PROTOCOL_SMTPS);

        Outcome outcome = sender("smtps://127.0.0.1:" + port + "?from=me@acme.test").send(LETTER);

        assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    @DisplayName(
            "given a server without STARTTLS, when TLS is asked for, then nothing goes in clear")
    void noDowngrade() {
        int port = start(ServerSetup.PROTOCOL_SMTP);

        Outcome outcome = sender("smtp://localhost:" + port + "?from=me@acme.test").send(LETTER);

        assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    @DisplayName("given no server, or no address, then the outcome says which")
    void fails() throws IOException {
        int port = start(ServerSetup.PROTOCOL_SMTP);
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        assertThat(sender("smtp://localhost:" + closed + "?tls=none&from=a@b.test").send(LETTER))
                .isInstanceOf(Outcome.Unreachable.class);
        assertThat(
                        sender("smtp://localhost:" + port + "?tls=none&from=a@b.test")
                                .send(
                                        new Letter(
                                                "x",
                                                Channel.MAIL,
                                                "nobody\r\nBcc: x@y.z",
                                                "s",
                                                "t",
                                                "h")))
                .isEqualTo(new Outcome.Refused("not a mail address"));
    }

    @Test
    @DisplayName("given settings that would send a password in clear, then they are refused")
    void settings() {
        assertThatThrownBy(
                        () -> SmtpSettings.parse("smtp://me:secret@mail.test?tls=none&from=a@b.c"))
                .hasMessageContaining("needs TLS")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> SmtpSettings.parse("smtp://me:se cret@mail.test"))
                .hasMessageNotContaining("cret");
        assertThat(SmtpSettings.parse("smtps://mail.test?from=a@b.c"))
                .isEqualTo(
                        new SmtpSettings(
                                "mail.test", 465, SmtpSettings.Security.TLS, null, null, "a@b.c"));
        assertThat(SmtpSettings.parse("smtp://u:p@mail.test?from=a@b.c"))
                .returns(587, SmtpSettings::port)
                .returns(SmtpSettings.Security.STARTTLS, SmtpSettings::security);
    }

    private static SmtpSender sender(String url) {
        return new SmtpSender(SmtpSettings.parse(url), new DummySSLSocketFactory(), CLOCK);
    }

    private int start(String protocol) {
        server = new GreenMail(new ServerSetup(0, "localhost", protocol));
        server.start();
        SmtpServer smtp =
                protocol.equals(ServerSetup.PROTOCOL_SMTPS) ? server.getSmtps() : server.getSmtp();
        return smtp.getPort();
    }
}
