package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.issued.DirectAuthentication;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.signin.direct.DirectProofs.Alone;
import dev.ostiary.server.signin.direct.DirectProofs.Proof;
import java.util.List;
import java.util.Optional;

/**
 * A user who has proven a password answers what was asked elsewhere, too (guide "Configure Direct
 * authentication grants", MFA OOB; asked at {@code /challenge}). Thread-safe.
 */
final class MfaOobGrant implements Grant {

    private static final String TOKEN = "mfa_token";

    private final DirectGrants direct;
    private final OAuthErrors errors;

    MfaOobGrant(DirectGrants direct, OAuthErrors errors) {
        this.direct = direct;
        this.errors = errors;
    }

    @Override
    public String type() {
        return DirectGrants.MFA_OOB;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String token = request.form().required(TOKEN, errors);
        String code = request.form().required(OobGrant.CODE, errors);
        DirectAuthentication first = direct.begun(request, Kind.MFA, TOKEN, token);
        DirectAuthentication second = direct.begun(request, Kind.OOB, OobGrant.CODE, code);
        if (!direct.isStepOf(request, code, Optional.of(token))) {
            throw errors.of("direct_auth_oob_code_not_for_mfa_token");
        }
        List<String> scopes = direct.sameScopes(request, first);
        Proof.Proven proven = direct.asked(request, second, code, Alone.NO);
        return direct.entitlement(
                request,
                first.userId(),
                proven.when(),
                DirectGrants.both(first.amr(), proven.methods()),
                scopes,
                direct.redeeming(Kind.MFA, token, TOKEN));
    }
}
