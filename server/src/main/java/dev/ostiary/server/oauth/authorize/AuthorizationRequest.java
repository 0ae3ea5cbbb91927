package dev.ostiary.server.oauth.authorize;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request that is right in itself. Immutable.
 *
 * @param scopes that would be granted
 * @param challenge S256 of the verifier (RFC 7636, 4.2), if the client came with one
 * @param maxAge how long ago the user may have proved itself
 * @param loginHint who is expected to sign in
 * @param sessionToken what makes a session, or takes one up
 * @param assurance how the user must have proved itself; any will do
 */
record AuthorizationRequest(
        Addressed addressed,
        ResponseType type,
        List<String> scopes,
        Optional<String> nonce,
        Optional<String> challenge,
        Prompt prompt,
        Optional<Duration> maxAge,
        Optional<String> loginHint,
        Optional<String> sessionToken,
        Assurance assurance) {

    AuthorizationRequest {
        scopes = List.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "AuthorizationRequest[" + addressed.client().id() + "]";
    }
}
