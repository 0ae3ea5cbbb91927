package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.signin.direct.DirectProofs.Assertion;
import dev.ostiary.server.signin.direct.DirectProofs.Proof;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a client brings of a user's security key. It says no credential: the challenge in what was
 * signed says who was asked.
 *
 * @param challenge what was signed
 */
record KeyAnswer(String challenge, Assertion assertion) {

    private static final int LONGEST = 100_000;

    /**
     * Reads it.
     *
     * @throws OAuthException {@code invalid_request} where it is not whole
     */
    static KeyAnswer of(TokenRequest request, OAuthErrors errors) {
        Optional<String> client = text(request, "clientDataJSON");
        Optional<String> authenticator = text(request, "authenticatorData");
        Optional<String> signature = text(request, "signature");
        if (client.isEmpty() || authenticator.isEmpty() || signature.isEmpty()) {
            throw errors.of("direct_auth_invalid_webauthn_request");
        }
        String challenge =
                challenge(client.get())
                        .orElseThrow(
                                () -> errors.of("direct_auth_invalid_webauthn_challenge_data"));
        return new KeyAnswer(
                challenge, new Assertion(client.get(), authenticator.get(), signature.get()));
    }

    private static Optional<String> text(TokenRequest request, String name) {
        return request.form().text(name).filter(text -> text.length() <= LONGEST);
    }

    private static Optional<String> challenge(String clientData) {
        try {
            byte[] bytes =
                    Base64.getDecoder()
                            .decode(
                                    clientData
                                            .replace('-', '+')
                                            .replace('_', '/')
                                            .replaceAll("=+$", ""));
            JsonNode challenge =
                    Json.parse(new String(bytes, StandardCharsets.UTF_8)).path("challenge");
            return challenge.isString()
                    ? Optional.of(challenge.stringValue()).filter(text -> !text.isEmpty())
                    : Optional.empty();
        } catch (IllegalArgumentException | ApiException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * What it proves.
     *
     * @throws OAuthException what the client is told where it proves nothing
     */
    static Proof.Proven proven(Proof proof, OAuthErrors errors) {
        return switch (proof) {
            case Proof.Proven proven -> proven;
            case Proof.Wrong wrong -> throw errors.of("direct_auth_verification_failure");
            case Proof.NotEnrolled none ->
                    throw errors.of("direct_auth_factor_enrollment_required");
            case Proof.Refused refused -> throw errors.of("direct_auth_policy_denied");
            case Proof.TooOften tooOften -> throw errors.of("user_rate_limited");
            case Proof.Pending pending -> throw errors.of("direct_auth_no_pending_challenge");
            case Proof.Rejected no -> throw errors.of("direct_auth_no_pending_challenge");
            case Proof.Gone gone -> throw errors.of("direct_auth_no_pending_challenge");
        };
    }
}
