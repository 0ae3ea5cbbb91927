package dev.ostiary.server.signin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.policy.assurance.Proven;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.sessions.Proofs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A transaction, written and read")
class TransactionFactsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    static Stream<State> states() {
        return Stream.of(
                new State.PasswordWarn(),
                new State.PasswordExpired(),
                new State.PasswordReset(),
                new State.Recovery(),
                new State.MfaRequired(),
                new State.MfaChallenge("opf1", Optional.of("WAITING"), Optional.of("mst1")),
                new State.MfaChallenge("sms1", Optional.empty(), Optional.empty()),
                new State.Success(),
                new State.MfaEnroll(true),
                new State.MfaEnroll(false),
                new State.MfaEnrollActivate("opf1", Optional.of("TIMEOUT")));
    }

    @ParameterizedTest
    @MethodSource("states")
    @DisplayName("is the same in every state")
    void roundTrip(State state) {
        Transaction transaction =
                new Transaction(
                        "00u1",
                        7,
                        state,
                        new Proofs(
                                Optional.of(NOON),
                                Optional.of(NOON.plusSeconds(5)),
                                List.of("pwd", "otp", "mfa"),
                                new Proven(
                                        Map.of(
                                                Method.PASSWORD,
                                                NOON,
                                                Method.TOTP,
                                                NOON.plusSeconds(5)))),
                        new Options(true, false),
                        Optional.of(Purpose.UNLOCK),
                        Optional.of("https://app.example/after"),
                        new Device(Optional.of("device"), Optional.of("fingerprint")),
                        Optional.of(
                                new StepUp(
                                        Optional.of("102session"),
                                        NOON,
                                        Set.of(Method.TOTP, Method.PUSH),
                                        new Situation.App("0oa1", "oidc_client"))),
                        Optional.of(
                                new Destination(
                                        new Situation.App("0oa2", "org_saml_1"),
                                        "Ships",
                                        "SAML_2_0",
                                        "SAML2.0",
                                        "exk2",
                                        "/assets/img/logos/default.png",
                                        "/app/org_saml_1/exk2/sso/saml?SAMLRequest=a",
                                        NOON)),
                        Set.of(Status.PASSWORD_WARN),
                        3,
                        NOON.plusSeconds(300));

        Transaction read =
                TransactionFacts.read(
                        transaction.userId(),
                        transaction.version(),
                        state.status(),
                        TransactionFacts.write(transaction),
                        transaction.expires());

        assertThat(read).isEqualTo(transaction);
    }
}
