package dev.ostiary.server.apps;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An app as an OAuth client: all that an authorization server has to know of it (RFC 7591, 2).
 * Immutable; prints no secret, since it holds none.
 *
 * @param clientId its name as a client
 * @param app the app that it is
 * @param applicationType {@code web}, {@code native}, {@code browser} or {@code service}
 * @param authMethod how it proves itself at the token endpoint
 * @param pkceRequired whether its codes need a proof (RFC 7636)
 * @param redirectUris where codes and tokens may go, as registered; with {@code wildcardRedirect}
 *     one star may stand in the lowest level of the domain
 * @param jwks its public keys as JSON (RFC 7517), the active ones; {@code {"keys":[]}} for none
 * @param clientUri where people read of it
 * @param logoUri a picture of it
 * @param settings {@code settings.oauthClient} as JSON, for what is asked seldom
 */
public record Client(
        String clientId,
        App app,
        String applicationType,
        Set<String> grantTypes,
        Set<String> responseTypes,
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        boolean wildcardRedirect,
        String authMethod,
        boolean pkceRequired,
        boolean dpopRequired,
        boolean consentRequired,
        boolean rotatesRefreshTokens,
        int refreshLeewaySeconds,
        Optional<String> jwksUri,
        String jwks,
        Optional<String> clientUri,
        Optional<String> logoUri,
        String settings) {

    /** Only an active app gets anything. */
    public boolean active() {
        return app.active();
    }

    /** Whether it has nothing to prove itself with (RFC 6749, 2.1). */
    public boolean isPublic() {
        return authMethod.equals(ClientForm.NONE);
    }
}
