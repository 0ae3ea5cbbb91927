package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.util.List;
import java.util.Set;

/**
 * What clients may ask for that talk with their users themselves: there is nobody whom the server
 * could ask for consent.
 *
 * @param consentError what is said of scopes that somebody would have to consent to
 */
record UserScopes(String consentError, OAuthErrors errors) {

    private static final Set<String> OF_ORG =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access", "groups");

    private static final String DEVICE_SSO = "device_sso";
    private static final String OFFLINE = "offline_access";

    /**
     * The scopes, each once, in their order; {@code offline_access} is passed over where no refresh
     * token could come of it.
     *
     * @throws dev.ostiary.server.oauth.problem.OAuthException {@code invalid_scope} or {@code
     *     consent_required}
     */
    List<String> of(TokenRequest request) {
        List<String> asked = request.form().scopes(errors);
        List<String> scopes =
                switch (request.issuer()) {
                    case Issuer.OfOrg own -> asked;
                    case Issuer.Custom custom ->
                            asked.isEmpty() ? custom.server().defaultScopes() : asked;
                };
        if (scopes.isEmpty()) {
            throw errors.of("missing_scopes");
        }
        if (request.issuer() instanceof Issuer.OfOrg && !OF_ORG.containsAll(scopes)) {
            throw errors.of("invalid_scope");
        }
        if (scopes.contains(DEVICE_SSO)) {
            throw errors.of("illegal_scope", DEVICE_SSO);
        }
        requireNoConsent(request, scopes);
        boolean refreshes = request.client().grantTypes().contains(RefreshTokenGrant.TYPE);
        return scopes.stream().filter(each -> refreshes || !each.equals(OFFLINE)).toList();
    }

    private void requireNoConsent(TokenRequest request, List<String> scopes) {
        if (request.client().consentRequired()
                && request.issuer() instanceof Issuer.Custom custom) {
            List<String> needed = custom.server().needingConsent(scopes);
            if (!needed.isEmpty()) {
                throw errors.of(consentError, String.join(", ", needed));
            }
        }
    }
}
