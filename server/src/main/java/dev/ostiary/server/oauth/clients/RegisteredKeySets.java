package dev.ostiary.server.oauth.clients;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import java.text.ParseException;
import java.util.List;

/** Keys that stand in the client's registration ({@code jwks}). Thread-safe. */
public final class RegisteredKeySets implements KeySets {

    private final OAuthErrors errors;

    /** Refuses with these errors. */
    public RegisteredKeySets(OAuthErrors errors) {
        this.errors = errors;
    }

    @Override
    public List<JWK> of(Org org, OAuthClient client) {
        List<JWK> all;
        try {
            all = JWKSet.parse(client.jwks()).getKeys();
        } catch (ParseException e) {
            throw errors.of("client_assertion_invalid_jwks");
        }
        if (all.isEmpty()) {
            throw errors.of("client_assertion_jwks_not_configured");
        }
        return all;
    }
}
