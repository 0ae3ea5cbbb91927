package dev.ostiary.server.policy.assurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a rule of an access policy asks for")
class RequirementTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Proven PASSWORD = Proven.NOTHING.with(Method.PASSWORD, NOON);
    private static final String TWO = "{\"type\":\"ASSURANCE\",\"factorMode\":\"2FA\"";
    private static final String ONE = "{\"type\":\"ASSURANCE\",\"factorMode\":\"1FA\"";

    private static Optional<Lack> lack(String method, Proven proven) {
        return lack(method, proven, NOON);
    }

    private static Optional<Lack> lack(String method, Proven proven, Instant now) {
        return Requirements.of(Json.parse(method)).lacking(proven, now, Instant.MAX);
    }

    private static boolean isMet(String method, Proven proven) {
        return lack(method, proven).isEmpty();
    }

    private static Optional<Lack> factor(Method... methods) {
        return Optional.of(new Lack.Factor(Set.of(methods)));
    }

    @Test
    @DisplayName("one factor is any; the password comes first where nothing is proven")
    void one() {
        assertThat(isMet(ONE + "}", PASSWORD)).isTrue();
        assertThat(isMet(ONE + "}", Proven.NOTHING.with(Method.EMAIL, NOON))).isTrue();
        assertThat(lack(ONE + "}", Proven.NOTHING)).contains(new Lack.Password());
    }

    @Test
    @DisplayName("two are something known and something had; two that are known are one")
    void two() {
        assertThat(isMet(TWO + "}", PASSWORD.with(Method.SMS, NOON))).isTrue();
        assertThat(isMet(TWO + "}", PASSWORD.with(Method.QUESTION, NOON))).isFalse();
        assertThat(lack(TWO + "}", PASSWORD)).get().isInstanceOf(Lack.Factor.class);
        assertThat(lack(TWO + "}", Proven.NOTHING.with(Method.SMS, NOON)))
                .contains(new Lack.Password());
    }

    @Test
    @DisplayName("a constraint says which: by characteristics, types, methods and authenticators")
    void constraints() {
        String bound = constrained(TWO, "\"deviceBound\":\"REQUIRED\"");
        assertThat(isMet(bound, PASSWORD.with(Method.EMAIL, NOON))).isFalse();
        assertThat(isMet(bound, PASSWORD.with(Method.TOTP, NOON))).isTrue();
        String resistant = constrained(ONE, "\"phishingResistant\":\"REQUIRED\"");
        assertThat(lack(resistant, PASSWORD.with(Method.YUBIKEY, NOON)))
                .isEqualTo(factor(Method.WEBAUTHN, Method.WEBAUTHN_VERIFIED));
        assertThat(lack(constrained(TWO, "\"types\":[\"phone\"]"), PASSWORD))
                .isEqualTo(factor(Method.SMS, Method.CALL));
        assertThat(lack(constrained(TWO, "\"methods\":[\"sms\",\"totp\"]"), PASSWORD))
                .isEqualTo(factor(Method.SMS, Method.TOTP));
        assertThat(
                        lack(
                                constrained(
                                        TWO,
                                        "\"authenticationMethods\":[{\"key\":\"google_otp\","
                                                + "\"method\":\"otp\"}]"),
                                PASSWORD))
                .isEqualTo(factor(Method.GOOGLE));
        String noPhone =
                constrained(
                        TWO,
                        "\"required\":false,\"excludedAuthenticationMethods\":["
                                + "{\"key\":\"phone_number\"}]");
        assertThat(isMet(noPhone, PASSWORD.with(Method.SMS, NOON))).isFalse();
        assertThat(isMet(noPhone, PASSWORD.with(Method.EMAIL, NOON))).isTrue();
    }

    @Test
    @DisplayName("of several constraints one is enough")
    void either() {
        String either =
                TWO
                        + ",\"constraints\":[{\"possession\":{\"types\":[\"phone\"]}},"
                        + "{\"possession\":{\"types\":[\"email\"]}}]}";
        assertThat(isMet(either, PASSWORD.with(Method.EMAIL, NOON))).isTrue();
        assertThat(lack(either, PASSWORD)).isEqualTo(factor(Method.SMS, Method.CALL, Method.EMAIL));
    }

    @Test
    @DisplayName("what nobody here can show is not met by anybody")
    void impossible() {
        assertThat(lack("{\"type\":\"ID_PROOFING\"}", PASSWORD)).contains(new Lack.Impossible());
        assertThat(
                        lack(
                                constrained(
                                        ONE,
                                        "\"userVerification\":\"REQUIRED\","
                                                + "\"userVerificationMethods\":[\"BIOMETRICS\"]"),
                                PASSWORD))
                .contains(new Lack.Impossible());
    }

    @Test
    @DisplayName(
            "a key that has verified its holder is what shows that, and one proof with the key")
    void verified() {
        String verified = constrained(TWO, "\"userVerification\":\"REQUIRED\"");
        assertThat(lack(verified, PASSWORD.with(Method.WEBAUTHN, NOON)))
                .isEqualTo(factor(Method.WEBAUTHN_VERIFIED));
        assertThat(isMet(verified, PASSWORD.with(Method.WEBAUTHN_VERIFIED, NOON))).isTrue();
        String twice =
                """
                {"type":"AUTH_METHOD_CHAIN","chains":[
                  {"authenticationMethods":[{"key":"webauthn","method":"webauthn"}],
                   "next":[{"authenticationMethods":[{"key":"webauthn","method":"webauthn"},
                                                     {"key":"okta_email","method":"email"}]}]}]}""";
        Proven key =
                Proven.NOTHING.with(Method.WEBAUTHN, NOON).with(Method.WEBAUTHN_VERIFIED, NOON);
        assertThat(lack(twice, key)).isEqualTo(factor(Method.EMAIL));
    }

    @Test
    @DisplayName("what was proven before a moment can be left out")
    void since() {
        Proven both = PASSWORD.with(Method.SMS, NOON.plusSeconds(60));
        assertThat(both.since(NOON.plusSeconds(1)))
                .isEqualTo(Proven.NOTHING.with(Method.SMS, NOON.plusSeconds(60)));
    }

    @Test
    @DisplayName("a proof comes of age, one of a constraint by its own time")
    void age() {
        String hour = TWO + ",\"reauthenticateIn\":\"PT1H\"}";
        Proven both = PASSWORD.with(Method.SMS, NOON.plusSeconds(1800));
        assertThat(lack(hour, both, NOON.plusSeconds(3600))).isEmpty();
        assertThat(lack(hour, both, NOON.plusSeconds(3601))).contains(new Lack.Password());
        String own =
                TWO
                        + ",\"reauthenticateIn\":\"PT1H\",\"constraints\":[{\"knowledge\":"
                        + "{\"reauthenticateIn\":\"PT12H\"}}]}";
        assertThat(lack(own, both, NOON.plusSeconds(3601))).isEmpty();
        assertThat(lack(own, both, NOON.plusSeconds(5401))).get().isInstanceOf(Lack.Factor.class);
        Requirement each = Requirements.of(Json.parse(ONE + ",\"reauthenticateIn\":\"PT0S\"}"));
        assertThat(each.lacking(PASSWORD, NOON.plusSeconds(9), NOON)).isEmpty();
        assertThat(each.lacking(PASSWORD, NOON.plusSeconds(9), NOON.plusMillis(1))).isPresent();
    }

    @Test
    @DisplayName("a chain is gone step by step, each by a method of its own")
    void chain() {
        String chain =
                """
                {"type":"AUTH_METHOD_CHAIN","chains":[
                  {"authenticationMethods":[{"key":"okta_password","method":"password"}],
                   "next":[{"authenticationMethods":[{"key":"phone_number","method":"sms"},
                                                     {"key":"okta_verify","method":"totp"}],
                     "next":[{"authenticationMethods":[
                                {"key":"phone_number","method":"sms"}]}]}]}]}""";
        assertThat(lack(chain, Proven.NOTHING)).contains(new Lack.Password());
        assertThat(lack(chain, PASSWORD)).isEqualTo(factor(Method.SMS, Method.TOTP));
        assertThat(lack(chain, PASSWORD.with(Method.SMS, NOON))).isEqualTo(factor(Method.TOTP));
        assertThat(lack(chain, PASSWORD.with(Method.TOTP, NOON))).isEqualTo(factor(Method.SMS));
        assertThat(isMet(chain, PASSWORD.with(Method.TOTP, NOON).with(Method.SMS, NOON))).isTrue();
    }

    private static String constrained(String mode, String possession) {
        return mode + ",\"constraints\":[{\"possession\":{" + possession + "}}]}";
    }
}
