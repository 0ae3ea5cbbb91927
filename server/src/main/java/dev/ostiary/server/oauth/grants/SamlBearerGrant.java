package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.problem.OAuthErrors;

/**
 * A client comes with the SAML assertion of an identity provider (RFC 7522). Orgs here are Identity
 * Engine orgs, and the original does not take such assertions in those: the grant is known, may
 * stand in a client's registration, and answers the documented error. Thread-safe.
 */
final class SamlBearerGrant implements Grant {

    static final String TYPE = "urn:ietf:params:oauth:grant-type:saml2-bearer";

    private final OAuthErrors errors;

    SamlBearerGrant(OAuthErrors errors) {
        this.errors = errors;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        request.form().required("assertion", errors);
        throw errors.of("unsupported_saml_assertion");
    }
}
