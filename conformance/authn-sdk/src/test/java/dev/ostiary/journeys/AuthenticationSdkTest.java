package dev.ostiary.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.okta.authn.sdk.AuthenticationException;
import com.okta.authn.sdk.AuthenticationStateHandler;
import com.okta.authn.sdk.AuthenticationStateHandlerAdapter;
import com.okta.authn.sdk.client.AuthenticationClient;
import com.okta.authn.sdk.client.AuthenticationClients;
import com.okta.authn.sdk.resource.ActivatePassCodeFactorRequest;
import com.okta.authn.sdk.resource.AuthenticationRequest;
import com.okta.authn.sdk.resource.AuthenticationResponse;
import com.okta.authn.sdk.resource.AuthenticationStatus;
import com.okta.authn.sdk.resource.Factor;
import com.okta.authn.sdk.resource.FactorProvider;
import com.okta.authn.sdk.resource.FactorType;
import com.okta.authn.sdk.resource.SecurityQuestionFactorProfile;
import com.okta.authn.sdk.resource.TotpFactorActivation;
import com.okta.authn.sdk.resource.VerifyPassCodeFactorRequest;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The official Java authentication SDK, unmodified, signs in, enrols, verifies and recovers. */
@DisplayName("Java authentication SDK")
class AuthenticationSdkTest {

    private final Setup setup = new Setup();
    private final AuthenticationClient client =
            AuthenticationClients.builder().setOrgUrl(setup.org()).build();

    /** The states that the SDK has called its handler for. */
    private final List<String> handled = new ArrayList<>();

    private final AuthenticationStateHandler handler = new Remembering();

    private final class Remembering extends AuthenticationStateHandlerAdapter {

        @Override
        public void handleSuccess(AuthenticationResponse response) {
            handled.add(response.getStatusString());
        }

        @Override
        public void handleMfaChallenge(AuthenticationResponse response) {
            handled.add(response.getStatusString());
        }

        /** Whatever else the SDK has a method for comes here, too. */
        @Override
        public void handleUnknown(AuthenticationResponse response) {
            handled.add("other " + response.getStatusString());
        }
    }

    private AuthenticationResponse signIn(String login) throws AuthenticationException {
        return client.authenticate(login, Setup.PASSWORD.toCharArray(), null, handler);
    }

    @Test
    @DisplayName("signs in, and its handler is told of the success and not of a failure")
    void signsIn() throws Exception {
        String login = setup.user();

        AuthenticationResponse response = signIn(login);

        assertEquals(AuthenticationStatus.SUCCESS, response.getStatus());
        assertTrue(response.getSessionToken().startsWith("20111"));
        assertEquals(login, response.getUser().getLogin());
        assertEquals("Isaac", response.getUser().getFirstName());
        assertEquals(List.of("SUCCESS"), handled);
        AuthenticationException wrong =
                assertThrows(
                        AuthenticationException.class,
                        () -> client.authenticate(login, "wrong".toCharArray(), null, handler));
        assertEquals("E0000004", wrong.getCode());
        assertEquals(401, wrong.getStatus());
    }

    @Test
    @DisplayName("changes an expired password, and cancels a sign-in")
    void expired() throws Exception {
        String login = setup.user();
        setup.call("POST", "/api/v1/users/" + login + "/lifecycle/expire_password", "");
        client.cancel(signIn(login).getStateToken());

        AuthenticationResponse expired = signIn(login);
        assertEquals(AuthenticationStatus.PASSWORD_EXPIRED, expired.getStatus());
        AuthenticationResponse changed =
                client.changePassword(
                        Setup.PASSWORD.toCharArray(),
                        "Another-one-43".toCharArray(),
                        expired.getStateToken(),
                        handler);

        assertEquals(AuthenticationStatus.SUCCESS, changed.getStatus());
    }

    @Test
    @DisplayName("enrols a question, and is asked it at the next sign-in")
    void question() throws Exception {
        String login = setup.member(setup.group());
        AuthenticationResponse enroll = signIn(login);
        assertEquals(AuthenticationStatus.MFA_ENROLL, enroll.getStatus());
        SecurityQuestionFactorProfile profile =
                client.instantiate(SecurityQuestionFactorProfile.class)
                        .setQuestion("disliked_food")
                        .setAnswer("mayonnaise");
        AuthenticationResponse enrolled =
                client.enrollFactor(
                        FactorType.QUESTION,
                        FactorProvider.OKTA,
                        profile,
                        enroll.getStateToken(),
                        handler);
        assertEquals(AuthenticationStatus.SUCCESS, enrolled.getStatus());

        AuthenticationResponse required = signIn(login);
        assertEquals(AuthenticationStatus.MFA_REQUIRED, required.getStatus());
        Factor factor = required.getFactors().getFirst();
        assertEquals(FactorType.QUESTION, factor.getType());
        assertTrue(factor.getId().startsWith("ufs"));
        assertEquals("disliked_food", factor.getProfile().get("question"));
    }

    @Test
    @DisplayName("enrols a software token by its secret, goes back, activates it and verifies it")
    void token() throws Exception {
        String login = setup.member(setup.group());
        AuthenticationResponse enroll = signIn(login);
        enrolToken(enroll.getStateToken());
        AuthenticationResponse back = client.previous(enroll.getStateToken(), handler);
        assertEquals(AuthenticationStatus.MFA_ENROLL, back.getStatus());

        AuthenticationResponse begun = enrolToken(back.getStateToken());
        assertEquals(AuthenticationStatus.MFA_ENROLL_ACTIVATE, begun.getStatus());
        Factor factor = begun.getFactors().getFirst();
        String secret = factor.getActivation(TotpFactorActivation.class).getSharedSecret();
        ActivatePassCodeFactorRequest activation =
                client.instantiate(ActivatePassCodeFactorRequest.class);
        activation.setPassCode(totp(secret, 0));
        activation.setStateToken(begun.getStateToken());
        AuthenticationResponse active = client.activateFactor(factor.getId(), activation, handler);
        assertEquals(AuthenticationStatus.SUCCESS, active.getStatus());

        AuthenticationResponse required = signIn(login);
        assertEquals(AuthenticationStatus.MFA_REQUIRED, required.getStatus());
        AuthenticationException wrong =
                assertThrows(
                        AuthenticationException.class,
                        () -> verify(required, factor.getId(), totp(secret, 99)));
        assertEquals("E0000068", wrong.getCode());
        assertEquals(
                AuthenticationStatus.SUCCESS,
                verify(required, factor.getId(), totp(secret, 1)).getStatus());
    }

    private AuthenticationResponse enrolToken(String stateToken) throws AuthenticationException {
        return client.enrollFactor(
                FactorType.TOKEN_SOFTWARE_TOTP, FactorProvider.OKTA, null, stateToken, handler);
    }

    private AuthenticationResponse verify(
            AuthenticationResponse required, String factorId, String code)
            throws AuthenticationException {
        VerifyPassCodeFactorRequest request = client.instantiate(VerifyPassCodeFactorRequest.class);
        request.setPassCode(code);
        request.setStateToken(required.getStateToken());
        return client.verifyFactor(factorId, request, handler);
    }

    @Test
    @DisplayName("asks for a code by mail: a challenge, with a way back, and then success")
    void challenge() throws Exception {
        String login = setup.member(setup.group());
        setup.call(
                "POST",
                "/api/v1/users/" + login + "/factors?activate=true",
                "{\"factorType\":\"email\",\"provider\":\"OKTA\"}");
        AuthenticationResponse required = signIn(login);
        String factorId = required.getFactors().getFirst().getId();

        AuthenticationResponse asked =
                client.challengeFactor(factorId, required.getStateToken(), handler);

        assertEquals(AuthenticationStatus.MFA_CHALLENGE, asked.getStatus());
        assertEquals("MFA_CHALLENGE", handled.getLast());
        AuthenticationResponse back = client.previous(asked.getStateToken(), handler);
        assertEquals(AuthenticationStatus.MFA_REQUIRED, back.getStatus());
        String code = setup.mailed(login, "verificationToken");
        assertEquals(AuthenticationStatus.SUCCESS, verify(back, factorId, code).getStatus());
    }

    @Test
    @DisplayName("leads into an app: it enrols what the app asks for, and the browser is let in")
    void stepsUp() throws Exception {
        String login = setup.user();
        String app = setup.app();
        AuthenticationRequest request =
                client.instantiate(AuthenticationRequest.class)
                        .setUsername(login)
                        .setPassword(Setup.PASSWORD.toCharArray())
                        .setAudience(app);

        AuthenticationResponse enroll = client.authenticate(request, handler);
        assertEquals(AuthenticationStatus.MFA_ENROLL, enroll.getStatus());
        assertEquals("SESSION_STEP_UP", enroll.getType());
        AuthenticationResponse begun = enrolToken(enroll.getStateToken());
        Factor factor = begun.getFactors().getFirst();
        String secret = factor.getActivation(TotpFactorActivation.class).getSharedSecret();
        ActivatePassCodeFactorRequest activation =
                client.instantiate(ActivatePassCodeFactorRequest.class);
        activation.setPassCode(totp(secret, 0));
        activation.setStateToken(begun.getStateToken());
        AuthenticationResponse active = client.activateFactor(factor.getId(), activation, handler);

        assertEquals(AuthenticationStatus.SUCCESS, active.getStatus());
        assertNull(active.getSessionToken());
        String page = setup.entered(active.getLinks().get("next").getHref());
        assertTrue(page.contains("SAMLResponse"), page);
        AuthenticationResponse again = client.authenticate(request, handler);
        assertEquals(AuthenticationStatus.MFA_REQUIRED, again.getStatus());
        AuthenticationResponse verified = verify(again, factor.getId(), totp(secret, 1));
        assertEquals(AuthenticationStatus.SUCCESS, verified.getStatus());
        assertTrue(setup.entered(verified.getLinks().get("next").getHref()).contains("SAMLResponse"));
    }

    @Test
    @DisplayName("recovers a password: mail, token, question, a new password")
    void recovers() throws Exception {
        String login = setup.user();
        AuthenticationResponse asked =
                client.recoverPassword(login, FactorType.EMAIL, null, handler);
        assertEquals(AuthenticationStatus.RECOVERY_CHALLENGE, asked.getStatus());
        assertEquals("WAITING", asked.getFactorResult());

        AuthenticationResponse recovery =
                client.verifyRecoveryToken(setup.mailed(login, "recoveryToken"), handler);
        assertEquals(AuthenticationStatus.RECOVERY, recovery.getStatus());
        assertEquals("Where to?", recovery.getUser().getRecoveryQuestion().get("question"));
        AuthenticationResponse reset =
                client.answerRecoveryQuestion("Portland", recovery.getStateToken(), handler);
        assertEquals(AuthenticationStatus.PASSWORD_RESET, reset.getStatus());
        AuthenticationResponse done =
                client.resetPassword(
                        "Another-one-43".toCharArray(), reset.getStateToken(), handler);

        assertEquals(AuthenticationStatus.SUCCESS, done.getStatus());
        assertEquals("SUCCESS", handled.getLast());
    }

    /** RFC 6238, for a secret in base 32, some steps from now. */
    private static String totp(String secret, int steps) throws GeneralSecurityException {
        StringBuilder bits = new StringBuilder();
        for (char each : secret.toCharArray()) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(each);
            bits.append("%5s".formatted(Integer.toBinaryString(value)).replace(' ', '0'));
        }
        byte[] key = new byte[bits.length() / Byte.SIZE];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) Integer.parseInt(bits, i * 8, i * 8 + 8, 2);
        }
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        long step = Instant.now().getEpochSecond() / 30 + steps;
        byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int binary = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & 0x7fff_ffff;
        return "%06d".formatted(binary % 1_000_000);
    }
}
