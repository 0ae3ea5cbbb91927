package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Sealed;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Hardware tokens of whatever make that show passwords by the time (Factors, "Enroll Custom HOTP
 * Factor"). An administrator enrols one with the secret that its maker told; it is active at once,
 * and there is no other way. A password is taken from as many steps off as the make's clock may be,
 * and none works twice. Once its make is no longer in use a token proves nothing. Thread-safe.
 *
 * @param settings knows the makes
 */
record CustomTokenMethod(Sealed sealed, FactorSettings settings) implements FactorMethod {

    private static final String SUBJECT = "factorEnrollRequest";

    @Override
    public Factor begin(
            FactorContext at,
            Factor fresh,
            Optional<Factor> before,
            NewFactor wanted,
            EnrolOptions options) {
        if (!options.activate()) {
            throw ApiException.validation(
                    SUBJECT, "This factor can only be activated with its enrollment.");
        }
        Reading reading = new Reading();
        Path root = Path.root(SUBJECT);
        String profileId = wanted.factorProfileId();
        String text = wanted.profile().sharedSecret();
        Path secretAt = root.field("profile").field("sharedSecret");
        Optional<TokenProfile> make =
                profileId == null
                        ? reading.wrong(
                                root.field("factorProfileId"), "The field cannot be left blank")
                        : settings.tokens(at.tx(), at.org(), profileId)
                                .or(
                                        () ->
                                                reading.wrong(
                                                        root.field("factorProfileId"),
                                                        "There is no such factor profile."));
        Optional<byte[]> secret =
                text == null || text.isBlank()
                        ? reading.wrong(secretAt, "The field cannot be left blank")
                        : make.flatMap(found -> found.secret(text.strip(), secretAt, reading));
        reading.finish();
        TokenProfile tokens = make.orElseThrow();
        FactorSecret kept = FactorSecret.token(Base32.text(secret.orElseThrow()), tokens.id());
        return fresh.with(fresh.enrolment().by(tokens.name()))
                .sealed(kept.sealed(sealed, at.org().number(), fresh.id()))
                .activated(at.now());
    }

    @Override
    public Verdict check(FactorContext at, Factor factor, Shown shown) {
        FactorSecret secret = FactorSecret.of(sealed, at.org().number(), factor);
        Optional<TokenProfile> make = settings.tokens(at.tx(), at.org(), secret.make());
        String given = shown.proof().passCode();
        if (make.isEmpty() || given == null || given.length() != make.get().digits()) {
            return new Verdict.Wrong(FactorMethod.wrongCode());
        }
        TokenProfile tokens = make.get();
        long now = Hotp.step(at.now(), tokens.seconds());
        OptionalLong found =
                tokens.otp()
                        .find(
                                Base32.bytes(secret.seed()),
                                given,
                                now - tokens.adjacent(),
                                now + tokens.adjacent());
        if (found.isEmpty()) {
            return new Verdict.Wrong(FactorMethod.wrongCode());
        }
        return found.getAsLong() <= factor.counter()
                ? new Verdict.Wrong(ApiException.of("E0000082"))
                : new Verdict.Right(factor.used(found.getAsLong()));
    }
}
