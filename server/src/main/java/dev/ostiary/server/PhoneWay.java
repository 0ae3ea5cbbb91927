package dev.ostiary.server;

import dev.ostiary.platform.outbound.Destinations;
import dev.ostiary.platform.outbound.OutboundCalls;
import dev.ostiary.platform.outbound.OutboundTrust;
import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;
import dev.ostiary.server.cli.Settings;
import dev.ostiary.server.delivery.MailSender;
import dev.ostiary.server.delivery.PhoneWebhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The way out for messages to phones, if the operator named one. It is the operator's own service,
 * and so it may stand in a private network, which a URL that an org names may not.
 */
final class PhoneWay {

    private static final Duration TIME = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int SHORTEST_SECRET = 16;

    private PhoneWay() {}

    static Optional<MailSender> of(Settings settings, InstantSource time) {
        String url = settings.phoneWebhook();
        if (url == null) {
            return Optional.empty();
        }
        String secret = settings.phoneSecret();
        if (secret == null || secret.length() < SHORTEST_SECRET) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--phone-webhook-secret: at least " + SHORTEST_SECRET + " characters");
        }
        return Optional.of(
                new PhoneWebhook(
                        new OutboundCalls(
                                Destinations.everywhere(),
                                OutboundTrust.of(Optional.ofNullable(settings.hookCa())),
                                TIME,
                                LONGEST_ANSWER),
                        uri(url),
                        secret,
                        time));
    }

    private static URI uri(String url) {
        try {
            URI uri = new URI(url);
            if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // is told below, as any other that is none
        }
        throw new Failure(ExitCode.USAGE, "--phone-webhook: a URL that begins with https://");
    }
}
