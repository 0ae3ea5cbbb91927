package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * Software tokens that make a code every 30 seconds (RFC 6238): authenticator apps of either
 * provider. The code of the step before and of the one after is taken too (RFC 6238, 5.2); no step
 * is taken twice. Thread-safe.
 */
final class TotpMethod implements FactorMethod {

    /** As long as the hash (RFC 4226, 4, R6). */
    private static final int SEED_BYTES = 20;

    private static final int TOKEN = 42;

    /** Steps on either side at which a code is right. */
    private static final int NEAR = 1;

    /** Steps on either side at which somebody is told that the clocks differ. */
    private static final int FAR = 10;

    private final Sealed sealed;
    private final SecureRandom random;
    private final Tokens tokens;

    TotpMethod(Sealed sealed, SecureRandom random, Tokens tokens) {
        this.sealed = sealed;
        this.random = random;
        this.tokens = tokens;
    }

    @Override
    public Factor begin(
            FactorContext at,
            Factor fresh,
            Optional<Factor> before,
            NewFactor wanted,
            EnrolOptions options) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        FactorSecret secret = new FactorSecret(Base32.text(seed), tokens.urlSafe(TOKEN));
        return fresh.with(
                        fresh.enrolment().with(Map.of("credentialId", at.user().login()), at.now()))
                .sealed(secret.sealed(sealed, at.org().number(), fresh.id()));
    }

    @Override
    public Verdict check(FactorContext at, Factor factor, Shown shown) {
        byte[] seed = Base32.bytes(FactorSecret.of(sealed, at.org().number(), factor).seed());
        String given = shown.proof().passCode();
        if (given == null || given.length() != Hotp.COMMON.digits()) {
            return new Verdict.Wrong(FactorMethod.wrongCode());
        }
        long now = Hotp.step(at.now(), Hotp.STEP);
        OptionalLong found = Hotp.COMMON.find(seed, given, now - FAR, now + FAR);
        if (found.isEmpty()) {
            return new Verdict.Wrong(FactorMethod.wrongCode());
        }
        long step = found.getAsLong();
        if (step <= factor.counter()) {
            return new Verdict.Wrong(ApiException.of("E0000082"));
        }
        return Math.abs(step - now) > NEAR
                ? new Verdict.Wrong(ApiException.of("E0000083"))
                : new Verdict.Right(factor.used(step));
    }

    @Override
    public Optional<ObjectNode> activation(Activation of) {
        FactorSecret secret = FactorSecret.of(sealed, of.org().number(), of.factor());
        ObjectNode activation =
                Json.object()
                        .put("timeStep", Hotp.STEP)
                        .put("sharedSecret", secret.seed())
                        .put("encoding", "base32")
                        .put("keyLength", Hotp.COMMON.digits());
        activation
                .putObject("_links")
                .putObject("qrcode")
                .put("href", of.path() + "/qr/" + secret.code())
                .put("type", "image/png");
        return Optional.of(activation);
    }

    /** What an app reads off the picture, in the form that all of them understand. */
    static String uri(String issuer, String account, FactorSecret secret) {
        return "otpauth://totp/"
                + encoded(issuer)
                + ":"
                + encoded(account)
                + "?secret="
                + secret.seed()
                + "&issuer="
                + encoded(issuer)
                + "&algorithm=SHA1&digits=6&period="
                + Hotp.STEP;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
