package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.secret.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Devices that are asked (Factors, "Enroll Okta Verify Push Factor"). An activation lives ten
 * minutes, and is completed by the device itself, with the code that it scanned. Thread-safe.
 */
final class PushMethod implements FactorMethod {

    static final Duration ACTIVATION = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int CODE = 42;

    private final Sealed sealed;
    private final Tokens tokens;

    PushMethod(Sealed sealed, Tokens tokens) {
        this.sealed = sealed;
        this.tokens = tokens;
    }

    /** A device is found by what it holds, of which the server keeps the hash. */
    static String activationKey(String code) {
        return HexFormat.of().formatHex(TokenHash.of("pushActivation", code).bytes());
    }

    /** As {@link #activationKey}, for a device that is one. */
    static String deviceKey(String token) {
        return HexFormat.of().formatHex(TokenHash.of("pushDevice", token).bytes());
    }

    @Override
    public Factor begin(
            FactorContext at,
            Factor fresh,
            Optional<Factor> before,
            NewFactor wanted,
            EnrolOptions options) {
        return restarted(at, fresh);
    }

    /** With another code, for as long as a new one has. */
    Factor restarted(FactorContext at, Factor factor) {
        String code = tokens.urlSafe(CODE);
        Instant sent = pausing(factor, at.now()).orElse(at.now());
        return factor.sealed(
                        new FactorSecret("", code).sealed(sealed, at.org().number(), factor.id()))
                .to(activationKey(code))
                .with(new Factor.Code(null, null, sent, at.now().plus(ACTIVATION)));
    }

    /**
     * When the way here was last sent to a phone, if nothing is sent yet again. An activation whose
     * way was never sent to one is dated by its beginning.
     */
    static Optional<Instant> pausing(Factor factor, Instant now) {
        return Optional.ofNullable(factor.code())
                .filter(code -> !code.sent().equals(code.expires().minus(ACTIVATION)))
                .map(Factor.Code::sent)
                .filter(sent -> now.isBefore(sent.plus(PAUSE)));
    }

    /** The device is there: what it holds from now on, and what it says of itself. */
    Factor completed(FactorContext at, Factor factor, String token, Map<String, String> facts) {
        return factor.with(factor.enrolment().with(facts, at.now()))
                .sealed(new FactorSecret("", "").sealed(sealed, at.org().number(), factor.id()))
                .to(deviceKey(token))
                .with((Factor.Code) null)
                .activated(at.now());
    }

    String code(FactorContext at, Factor factor) {
        return FactorSecret.of(sealed, at.org().number(), factor).code();
    }

    static boolean expired(Factor factor, Instant now) {
        Factor.@Nullable Code code = factor.code();
        return code == null || !now.isBefore(code.expires());
    }

    /** What a device answers is no proof that a client shows. */
    @Override
    public Verdict check(FactorContext at, Factor factor, Shown shown) {
        return new Verdict.Wrong(FactorMethod.wrongCode());
    }

    @Override
    public Optional<ObjectNode> activation(Activation of) {
        String code = FactorSecret.of(sealed, of.org().number(), of.factor()).code();
        ObjectNode json = Json.object();
        Factor.@Nullable Code waits = of.factor().code();
        json.put("expiresAt", waits == null ? null : Dates.text(waits.expires()));
        json.put("factorResult", "WAITING");
        json.set("_links", links(of.path(), code, false));
        return Optional.of(json);
    }

    /** The ways to a device, and where to look whether it has come. */
    static ObjectNode links(String path, String code, boolean poll) {
        ObjectNode links = Json.object();
        String activate = path + "/lifecycle/activate";
        if (poll) {
            links.set("poll", link(activate + "/poll", "POST"));
        }
        for (String way : new String[] {"email", "sms"}) {
            ObjectNode send = link(activate + "/" + way, "POST");
            ObjectNode named = Json.object().put("name", way);
            named.setAll(send);
            links.withArray("send").add(named);
        }
        links.putObject("qrcode").put("href", path + "/qr/" + code).put("type", "image/png");
        return links;
    }

    private static ObjectNode link(String href, String verb) {
        ObjectNode link = Json.object().put("href", href);
        link.putObject("hints").putArray("allow").add(verb);
        return link;
    }
}
