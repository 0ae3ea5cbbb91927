package dev.ostiary.server;

import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;
import dev.ostiary.server.cli.Settings;
import dev.ostiary.server.delivery.MailSender;
import dev.ostiary.server.delivery.SmtpSender;
import dev.ostiary.server.delivery.SmtpSettings;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** The way out for mails, if the operator named one. */
final class MailWay {

    private MailWay() {}

    static Optional<MailSender> of(Settings settings, InstantSource time) {
        String url = settings.smtpUrl();
        if (url == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new SmtpSender(
                            SmtpSettings.parse(url),
                            (SSLSocketFactory) SSLSocketFactory.getDefault(),
                            time));
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "--smtp: " + e.getMessage());
        }
    }
}
