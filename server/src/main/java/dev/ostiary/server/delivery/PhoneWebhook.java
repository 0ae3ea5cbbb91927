package dev.ostiary.server.delivery;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.outbound.OutboundCall;
import dev.ostiary.platform.outbound.OutboundCalls;
import dev.ostiary.platform.outbound.OutboundResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hands messages for phones to a service of the operator's, which sends them or reads them out: a
 * POST with a JSON document, signed under a secret that both know. The signature is over the moment
 * and the body, so that nobody who has seen one call can make another. Thread-safe.
 */
public final class PhoneWebhook implements MailSender {

    private static final String SIGNATURE = "X-Ostiary-Signature";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final OutboundCalls calls;
    private final URI uri;
    private final byte[] secret;
    private final InstantSource clock;

    public PhoneWebhook(OutboundCalls calls, URI uri, String secret, InstantSource clock) {
        this.calls = calls;
        this.uri = uri;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    @Override
    public Outcome send(Letter letter) {
        byte[] body =
                Json.bytes(
                        out -> {
                            out.writeStartObject();
                            out.writeStringProperty("id", letter.id());
                            out.writeStringProperty("channel", letter.channel().name());
                            out.writeStringProperty("to", letter.to());
                            out.writeStringProperty("text", letter.text());
                            out.writeEndObject();
                        });
        long now = clock.instant().getEpochSecond();
        return outcome(
                calls.call(
                        OutboundCall.post(
                                uri,
                                List.of(
                                        new OutboundCall.Header(
                                                SIGNATURE, "t=" + now + ",v1=" + sign(now, body))),
                                "application/json",
                                body)));
    }

    /** Whoever says no for good (4xx) is believed; who is busy or broken is asked again. */
    private static Outcome outcome(OutboundResult result) {
        return switch (result) {
            case OutboundResult.Answered answered when answered.successful() -> new Outcome.Sent();
            case OutboundResult.Answered answered
                    when answered.status() == TOO_MANY || answered.status() >= SERVER_ERROR ->
                    new Outcome.Later(result.words());
            case OutboundResult.Answered answered -> new Outcome.Refused(result.words());
            case OutboundResult.TimedOut late -> new Outcome.Later(result.words());
            case OutboundResult.Failed failed -> new Outcome.Unreachable(result.words());
            case OutboundResult.NotPermitted no -> new Outcome.Unreachable(result.words());
        };
    }

    private String sign(long moment, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update((moment + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
