package dev.ostiary.server.delivery;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Sends through SMTP (RFC 5321), over TLS as the settings say, one connection a mail. No step may
 * take longer than twenty seconds. Thread-safe.
 *
 * <p>A reply of 5yz to the address or to the mail is final, everything else may pass: a server that
 * turns us away at the greeting or at sign-in is the operator's to mend, and costs no mail.
 */
public final class SmtpSender implements MailSender {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofSeconds(20);
    private static final int PERMANENT = 500;
    private static final int LONGEST_REASON = 500;

    private final SmtpSettings settings;
    private final InstantSource clock;
    private final Session session;
    private final InternetAddress from;

    /**
     * A sender to one server.
     *
     * @param tls makes the TLS connections, and so decides whom to trust
     * @throws IllegalArgumentException if the settings' sender is no address
     */
    public SmtpSender(SmtpSettings settings, SSLSocketFactory tls, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.session = Session.getInstance(properties(settings, tls));
        try {
            this.from = new InternetAddress(settings.from(), true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("the mail sender is no address: " + settings.from());
        }
    }

    private static Properties properties(SmtpSettings settings, SSLSocketFactory tls) {
        Properties all = new Properties();
        all.put("mail.smtp.ssl.socketFactory", tls);
        all.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        all.setProperty(
                "mail.smtp.ssl.enable",
                String.valueOf(settings.security() == SmtpSettings.Security.TLS));
        String starttls = String.valueOf(settings.security() == SmtpSettings.Security.STARTTLS);
        all.setProperty("mail.smtp.starttls.enable", starttls);
        all.setProperty("mail.smtp.starttls.required", starttls);
        all.setProperty("mail.smtp.auth", String.valueOf(settings.user() != null));
        all.setProperty("mail.smtp.connectiontimeout", String.valueOf(CONNECT.toMillis()));
        all.setProperty("mail.smtp.timeout", String.valueOf(STEP.toMillis()));
        all.setProperty("mail.smtp.writetimeout", String.valueOf(STEP.toMillis()));
        all.setProperty("mail.smtp.quitwait", "false");
        all.setProperty("mail.smtp.allowutf8", "true");
        return all;
    }

    @Override
    public Outcome send(Letter letter) {
        InternetAddress to;
        try {
            to = new InternetAddress(letter.to(), true);
        } catch (AddressException e) {
            return new Outcome.Refused("not a mail address");
        }
        try (Transport transport = session.getTransport("smtp")) {
            Outcome connected = connect(transport);
            return connected instanceof Outcome.Sent ? hand(transport, letter, to) : connected;
        } catch (MessagingException e) {
            return new Outcome.Unreachable(reason(e));
        }
    }

    private Outcome connect(Transport transport) {
        try {
            transport.connect(
                    settings.host(), settings.port(), settings.user(), settings.password());
            return new Outcome.Sent();
        } catch (AuthenticationFailedException e) {
            return new Outcome.Unreachable("the mail server refuses user and password");
        } catch (MessagingException e) {
            return new Outcome.Unreachable(reason(e));
        }
    }

    private Outcome hand(Transport transport, Letter letter, InternetAddress to) {
        try {
            transport.sendMessage(message(letter, to), new Address[] {to});
            return new Outcome.Sent();
        } catch (MessagingException e) {
            return code(e) >= PERMANENT
                    ? new Outcome.Refused(reason(e))
                    : new Outcome.Later(reason(e));
        }
    }

    private Message message(Letter letter, InternetAddress to) throws MessagingException {
        MimeMessage message = new LetterMessage(session, letter.id() + "@" + domain());
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(letter.text(), UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(letter.html(), UTF_8, "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    private String domain() {
        return from.getAddress().substring(from.getAddress().indexOf('@') + 1);
    }

    /** A message whose id is ours, the same at every attempt. */
    private static final class LetterMessage extends MimeMessage {
        private final String id;

        LetterMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
        }
    }

    /** The SMTP reply code in the chain, the one to the address before the one to all; or 0. */
    private static int code(MessagingException thrown) {
        int toAll = 0;
        for (Exception e = thrown; e instanceof MessagingException m; e = m.getNextException()) {
            if (m instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
            if (m instanceof SMTPSendFailedException all) {
                toAll = all.getReturnCode();
            }
        }
        return toAll;
    }

    /** What went wrong first and, where that is something else, what was behind it. */
    private static String reason(MessagingException thrown) {
        Throwable deepest = thrown;
        while (deepest instanceof MessagingException m && m.getNextException() != null) {
            deepest = m.getNextException();
        }
        String first = String.valueOf(thrown.getMessage());
        String last = String.valueOf(deepest.getMessage());
        String both = first.contains(last) ? first : first + ": " + last;
        String text = both.replaceAll("\\p{Cntrl}+", " ").strip();
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }
}
