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
 * A user signs in by a security key alone, which was asked at {@code /primary-authenticate}, as
 * Okta's mobile clients do. A challenge that was made for a further factor is none here: the first
 * would be left out. Thread-safe.
 */
final class SecurityKeyGrant implements Grant {

    private final DirectGrants direct;
    private final OAuthErrors errors;

    SecurityKeyGrant(DirectGrants direct, OAuthErrors errors) {
        this.direct = direct;
        this.errors = errors;
    }

    @Override
    public String type() {
        return DirectGrants.KEY;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        KeyAnswer answer = KeyAnswer.of(request, errors);
        List<String> scopes = direct.scopes(request);
        Supplier<OAuthException> over = () -> errors.of("direct_auth_no_pending_challenge");
        DirectAuthentication begun = direct.begun(request, Kind.WEBAUTHN, answer.challenge(), over);
        if (!direct.isStepOf(request, answer.challenge(), Optional.empty(), over)) {
            throw over.get();
        }
        Proof.Proven proven =
                KeyAnswer.proven(
                        direct.proofs()
                                .key(
                                        request.request(),
                                        begun.userId(),
                                        answer.assertion(),
                                        Alone.YES),
                        errors);
        return direct.entitlement(
                request,
                begun.userId(),
                proven,
                proven.methods(),
                scopes,
                direct.redeeming(Kind.WEBAUTHN, answer.challenge(), over));
    }
}
