package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.signin.direct.DirectProofs.Alone;
import dev.ostiary.server.signin.direct.DirectProofs.Proof;
import java.util.List;
import java.util.Optional;

/**
 * A user signs in by a one-time password alone (guide "Configure Direct authentication grants",
 * OTP). A name that is nobody's is answered as a wrong one-time password is. Thread-safe.
 */
final class OtpGrant implements Grant {

    private static final int LONGEST = 64;

    private final DirectGrants direct;
    private final OAuthErrors errors;

    OtpGrant(DirectGrants direct, OAuthErrors errors) {
        this.direct = direct;
        this.errors = errors;
    }

    @Override
    public String type() {
        return DirectGrants.OTP;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String name =
                request.form()
                        .text("login_hint")
                        .orElseThrow(() -> errors.of("direct_auth_missing_login_hint"));
        String otp = otp(request, errors);
        List<String> scopes = direct.scopes(request);
        Optional<String> user = direct.proofs().find(request.request(), name);
        Proof proof =
                user.map(id -> direct.proofs().otp(request.request(), id, otp, Alone.YES))
                        .orElseGet(Proof.Wrong::new);
        if (proof instanceof Proof.NotEnrolled) {
            throw errors.of("direct_auth_invalid_otp");
        }
        Proof.Proven proven = direct.proven(request, proof, Kind.MFA, "");
        return direct.entitlement(
                request,
                user.orElse(""),
                proven.when(),
                proven.methods(),
                scopes,
                (tx, given) -> Optional.empty());
    }

    /** The one-time password of a request. */
    static String otp(TokenRequest request, OAuthErrors errors) {
        return request.form()
                .text("otp")
                .filter(text -> text.length() <= LONGEST)
                .orElseThrow(() -> errors.of("direct_auth_invalid_otp"));
    }
}
