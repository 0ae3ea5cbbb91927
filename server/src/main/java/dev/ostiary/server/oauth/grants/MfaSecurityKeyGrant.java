package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.issued.DirectAuthentication;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.signin.direct.DirectProofs.Alone;
import dev.ostiary.server.signin.direct.DirectProofs.Proof;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A user who has proven a password shows a security key, too, which was asked at {@code
 * /challenge}, as Okta's mobile clients do. Thread-safe.
 */
final class MfaSecurityKeyGrant implements Grant {

    private static final String TOKEN = "mfa_token";

    private final DirectGrants direct;
    private final OAuthErrors errors;

    MfaSecurityKeyGrant(DirectGrants direct, OAuthErrors errors) {
        this.direct = direct;
        this.errors = errors;
    }

    @Override
    public String type() {
        return DirectGrants.MFA_KEY;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String token = request.form().required(TOKEN, errors);
        KeyAnswer answer = KeyAnswer.of(request, errors);
        Supplier<OAuthException> over = () -> errors.of("direct_auth_no_pending_challenge");
        DirectAuthentication first = direct.begun(request, Kind.MFA, TOKEN, token);
        direct.begun(request, Kind.WEBAUTHN, answer.challenge(), over);
        if (!direct.isStepOf(request, answer.challenge(), Optional.of(token), over)) {
            throw errors.of("direct_auth_webauthn_challenge_not_for_mfa_token");
        }
        List<String> scopes = direct.sameScopes(request, first);
        Proof.Proven proven =
                KeyAnswer.proven(
                        direct.proofs()
                                .key(
                                        request.request(),
                                        first.userId(),
                                        answer.assertion(),
                                        Alone.NO),
                        errors);
        return direct.entitlement(
                request,
                first.userId(),
                proven,
                DirectGrants.both(first.amr(), proven.methods()),
                scopes,
                direct.redeeming(Kind.MFA, token, TOKEN));
    }
}
