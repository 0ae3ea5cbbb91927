package dev.ostiary.server.oauth.issued;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request for tokens whose client polls for the answer, while somebody gives it elsewhere (RFC
 * 8628, 3). Immutable; knows neither of its codes.
 *
 * @param server id of the custom server, or of the org for its own
 * @param scopes that are asked for
 * @param ends when it is good for nothing any more
 * @param given what somebody has let the client have, where somebody has
 */
public record PolledRequest(
        Kind kind,
        String clientId,
        String server,
        List<String> scopes,
        Instant ends,
        State state,
        Optional<Authorization> given) {

    /** How long a client has to wait between two questions. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    /** What it is polled with. */
    public enum Kind {
        DEVICE
    }

    /** What has become of it. */
    public enum State {
        WAITING,
        ALLOWED,
        DENIED
    }

    public PolledRequest {
        scopes = List.copyOf(scopes);
    }

    /** A new one. */
    public static PolledRequest begin(
            Kind kind, String clientId, String server, List<String> scopes, Instant ends) {
        return new PolledRequest(
                kind, clientId, server, scopes, ends, State.WAITING, Optional.empty());
    }
}
