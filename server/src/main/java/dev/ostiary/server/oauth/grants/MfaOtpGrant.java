package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.issued.DirectAuthentication;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.signin.direct.DirectProofs.Alone;
import dev.ostiary.server.signin.direct.DirectProofs.Proof;
import java.util.List;

/**
 * A user who has proven a password proves a one-time password, too (guide "Configure Direct
 * authentication grants", MFA OTP). Thread-safe.
 */
final class MfaOtpGrant implements Grant {

    private static final String TOKEN = "mfa_token";

    private final DirectGrants direct;
    private final OAuthErrors errors;

    MfaOtpGrant(DirectGrants direct, OAuthErrors errors) {
        this.direct = direct;
        this.errors = errors;
    }

    @Override
    public String type() {
        return DirectGrants.MFA_OTP;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String token = request.form().required(TOKEN, errors);
        String otp = OtpGrant.otp(request, errors);
        DirectAuthentication begun = direct.begun(request, Kind.MFA, TOKEN, token);
        List<String> scopes = direct.sameScopes(request, begun);
        Proof.Proven proven =
                direct.proven(
                        request,
                        direct.proofs().otp(request.request(), begun.userId(), otp, Alone.NO),
                        Kind.MFA,
                        token);
        return direct.entitlement(
                request,
                begun.userId(),
                proven.when(),
                DirectGrants.both(begun.amr(), proven.methods()),
                scopes,
                direct.redeeming(Kind.MFA, token, TOKEN));
    }
}
