package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.http.Urls;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.util.Optional;

/**
 * A request whose client and redirect URI belong together: from here on errors go back with the
 * browser. Immutable.
 *
 * @param recipient the client, the server and the moment
 * @param redirectUri as registered
 */
record Addressed(Recipient recipient, String redirectUri, Parameters parameters) {

    Issuer issuer() {
        return recipient.issuer();
    }

    OAuthClient client() {
        return recipient.client();
    }

    /** Where answers go; what cannot be understood of it is as good as not said. */
    Destination destination() {
        ResponseMode usual =
                parameters
                        .text("response_type")
                        .flatMap(ResponseType::parse)
                        .map(ResponseMode::of)
                        .orElse(ResponseMode.QUERY);
        ResponseMode mode =
                parameters
                        .text("response_mode")
                        .flatMap(ResponseMode::parse)
                        .filter(said -> said != ResponseMode.QUERY || usual == said)
                        .filter(said -> fits(said, redirectUri))
                        .orElse(usual);
        return new Destination(redirectUri, mode, parameters.text("state"));
    }

    /** Pages hand over to pages only. */
    static boolean fits(ResponseMode mode, String redirectUri) {
        return switch (mode) {
            case QUERY, FRAGMENT -> true;
            case FORM_POST, OKTA_POST_MESSAGE -> Urls.origin(redirectUri).isPresent();
        };
    }

    /**
     * Where answers go.
     *
     * @param state what the client wants to see again
     */
    record Destination(String redirectUri, ResponseMode mode, Optional<String> state) {}
}
