package dev.ostiary.server.signin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.server.policy.EnrolmentDecision;
import dev.ostiary.server.policy.EnrolmentDecision.By;
import dev.ostiary.server.policy.EnrolmentDecision.Self;
import dev.ostiary.server.policy.EnrolmentDecision.When;
import dev.ostiary.server.signin.factors.FactorKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an enrolment policy lets enrol")
class EnrollingTest {

    @Test
    @DisplayName("what it does not name is not allowed, in either spelling")
    void unnamed() {
        for (By by : By.values()) {
            Enrolling none = of(by, Map.of());
            for (FactorKind kind : FactorKind.values()) {
                assertThat(none.of(kind, List.of())).isEqualTo(Self.NOT_ALLOWED);
            }
        }
    }

    @Test
    @DisplayName("every kind of factor has a name of its own in the spelling by factors")
    void names() {
        List<String> published =
                List.of(
                        "fido_webauthn",
                        "google_otp",
                        "hotp",
                        "okta_call",
                        "okta_email",
                        "okta_otp",
                        "okta_push",
                        "okta_question",
                        "okta_sms",
                        "yubikey_token");

        for (String name : published) {
            Enrolling one = of(By.FACTORS, Map.of(name, Self.OPTIONAL));
            Set<FactorKind> allowed =
                    Arrays.stream(FactorKind.values())
                            .filter(kind -> one.of(kind, List.of()) == Self.OPTIONAL)
                            .collect(Collectors.toSet());
            assertThat(allowed).as(name).hasSize(1);
        }
    }

    @Test
    @DisplayName("an authenticator that is required is one with any of its methods")
    void anyMethod() {
        Enrolling phone = of(By.AUTHENTICATORS, Map.of("phone_number", Self.REQUIRED));

        assertThat(phone.of(FactorKind.SMS, List.of())).isEqualTo(Self.REQUIRED);
        assertThat(phone.of(FactorKind.CALL, List.of())).isEqualTo(Self.REQUIRED);
        assertThat(phone.of(FactorKind.CALL, Set.of(FactorKind.SMS))).isEqualTo(Self.OPTIONAL);
        assertThat(phone.of(FactorKind.CALL, Set.of(FactorKind.TOTP))).isEqualTo(Self.REQUIRED);
    }

    @Test
    @DisplayName("a factor that is required is that one, whatever else is there")
    void thatOne() {
        Enrolling call = of(By.FACTORS, Map.of("okta_call", Self.REQUIRED));

        assertThat(call.of(FactorKind.CALL, Set.of(FactorKind.SMS))).isEqualTo(Self.REQUIRED);
        assertThat(call.of(FactorKind.SMS, List.of())).isEqualTo(Self.NOT_ALLOWED);
    }

    private static Enrolling of(By by, Map<String, Self> named) {
        return new Enrolling(new EnrolmentDecision(When.LOGIN, by, named));
    }
}
