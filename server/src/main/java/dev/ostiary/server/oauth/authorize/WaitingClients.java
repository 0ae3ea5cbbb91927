package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.OAuthClient;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For whom requests wait while somebody signs in. Thread-safe.
 *
 * @param registry where clients are registered
 */
public record WaitingClients(ClientRegistry registry) {

    private static final Pattern COME_BACK =
            Pattern.compile("/oauth2/v1/authorize/redirect\\?okta_key=([A-Za-z0-9_-]{43})");

    /** The id of the app for which a request waits that a browser goes back to at an address. */
    public Optional<String> app(Reader reader, URI address, Instant now) {
        Matcher key = COME_BACK.matcher(address.getRawPath() + "?" + address.getRawQuery());
        return key.matches()
                ? new PendingRequestStore()
                        .find(reader, key.group(1), now)
                        .flatMap(waiting -> waiting.parameters().text("client_id"))
                        .flatMap(id -> registry.find(reader, id))
                        .map(OAuthClient::appId)
                : Optional.empty();
    }
}
