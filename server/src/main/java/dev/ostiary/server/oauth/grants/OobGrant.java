package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.issued.DirectAuthentication;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.signin.direct.DirectProofs.Alone;
import dev.ostiary.server.signin.direct.DirectProofs.Proof;
import java.util.List;
import java.util.Optional;

/**
 * A user signs in by what was asked elsewhere (guide "Configure Direct authentication grants", OOB;
 * begun at {@code /primary-authenticate}). A code that was made for a further factor is none here:
 * the first would be left out. Thread-safe.
 */
final class OobGrant implements Grant {

    static final String CODE = "oob_code";

    private final DirectGrants direct;
    private final OAuthErrors errors;

    OobGrant(DirectGrants direct, OAuthErrors errors) {
        this.direct = direct;
        this.errors = errors;
    }

    @Override
    public String type() {
        return DirectGrants.OOB;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String code = request.form().required(CODE, errors);
        List<String> scopes = direct.scopes(request);
        DirectAuthentication begun = direct.begun(request, Kind.OOB, CODE, code);
        if (!direct.isStepOf(request, code, Optional.empty())) {
            throw direct.expired(CODE);
        }
        Proof.Proven proven = direct.asked(request, begun, code, Alone.YES);
        return direct.entitlement(
                request,
                begun.userId(),
                proven.when(),
                proven.methods(),
                scopes,
                direct.redeeming(Kind.OOB, code, CODE));
    }
}
