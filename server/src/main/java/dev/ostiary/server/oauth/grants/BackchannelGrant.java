package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.issued.DirectAuthentication;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.issued.DirectAuthenticationStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.signin.direct.DirectProofs.Alone;
import dev.ostiary.server.signin.direct.DirectProofs.Proof;
import java.util.Optional;

/**
 * A client asks whether the user has said yes on the backchannel (OpenID Connect CIBA Core 1.0,
 * 10.1 and 11). Of what another client has begun, or at another server, it learns nothing.
 * Thread-safe.
 */
final class BackchannelGrant implements Grant {

    static final String TYPE = "urn:openid:params:grant-type:ciba";

    private final DirectGrants direct;
    private final Database database;
    private final OAuthErrors errors;
    private final DirectAuthenticationStore store = new DirectAuthenticationStore();

    BackchannelGrant(DirectGrants direct, Database database, OAuthErrors errors) {
        this.direct = direct;
        this.database = database;
        this.errors = errors;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String id = request.form().required("auth_req_id", errors);
        DirectAuthentication begun =
                database.read(
                                request.org().number(),
                                reader -> store.find(reader, Kind.BACKCHANNEL, id, request.now()))
                        .filter(each -> each.clientId().equals(request.client().id()))
                        .filter(each -> each.server().equals(request.issuer().id()))
                        .orElseThrow(this::expired);
        DirectAuthentication.Asked asked = begun.asked().orElseThrow(this::expired);
        Proof proof =
                direct.proofs()
                        .answer(
                                request.request(),
                                begun.userId(),
                                asked.factorId(),
                                asked.question().orElseThrow(this::expired),
                                Alone.YES);
        if (proof instanceof Proof.Gone) {
            throw expired();
        }
        Proof.Proven proven = direct.proven(request, proof, Kind.BACKCHANNEL, id);
        return direct.entitlement(
                request,
                begun.userId(),
                proven.when(),
                proven.methods(),
                begun.scopes(),
                (tx, given) ->
                        store.redeem(tx, Kind.BACKCHANNEL, id)
                                ? Optional.empty()
                                : Optional.of(expired()));
    }

    private OAuthException expired() {
        return errors.of("ciba_expired_auth_req_id");
    }
}
