package dev.ostiary.server.oauth.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.outbound.OutboundCall;
import dev.ostiary.platform.outbound.OutboundResult;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a client publishes itself ({@code jwks_uri}; RFC 7591, 2), and those that stand in its
 * registration where it does not. Thread-safe.
 *
 * <p>A set that was fetched is good for ten minutes, so that a key which a client has taken back is
 * soon good for nothing. One that lacks the key which a signature names is fetched again, since the
 * client may have begun to sign with another; but no set is asked for more often than every half a
 * minute, whatever signatures name, and of requests that need one at once, one fetches it and the
 * others wait. Each org fetches for itself.
 */
public final class PublishedKeySets implements KeySets {

    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int KEPT = 1_000;
    private static final int MOST_KEYS = 50;

    private final Function<OutboundCall, OutboundResult> calls;
    private final KeySets registered;
    private final OAuthErrors errors;
    private final InstantSource time;
    private final Cache<Source, Fetched> known;

    private record Source(long org, String uri) {}

    /**
     * What came of it.
     *
     * @param failure the code of the error; none where there are keys
     */
    private record Fetched(List<JWK> keys, Optional<String> failure, Instant at) {

        boolean has(@Nullable String kid) {
            return failure.isEmpty()
                    && (kid == null || keys.stream().anyMatch(key -> kid.equals(key.getKeyID())));
        }
    }

    /**
     * @param calls fetches, from judged addresses only and within bounds of time and length
     * @param registered where a client publishes nothing
     * @param time the wall clock
     */
    public PublishedKeySets(
            Function<OutboundCall, OutboundResult> calls,
            KeySets registered,
            OAuthErrors errors,
            InstantSource time) {
        this.calls = calls;
        this.registered = registered;
        this.errors = errors;
        this.time = time;
        this.known = Caffeine.newBuilder().maximumSize(KEPT).build();
    }

    @Override
    public List<JWK> of(Org org, OAuthClient client, @Nullable String kid) {
        if (client.jwksUri().isEmpty()) {
            return registered.of(org, client, kid);
        }
        Source source = new Source(org.number(), client.jwksUri().get());
        Fetched fetched =
                Objects.requireNonNull(
                        known.asMap()
                                .compute(
                                        source,
                                        (key, old) ->
                                                old == null || isStale(old, kid)
                                                        ? fetch(key.uri())
                                                        : old));
        if (fetched.failure().isPresent()) {
            throw errors.of(fetched.failure().get());
        }
        return fetched.keys();
    }

    private boolean isStale(Fetched old, @Nullable String kid) {
        Duration age = Duration.between(old.at(), time.instant());
        return age.compareTo(GOOD_FOR) > 0 || (!old.has(kid) && age.compareTo(PAUSE) > 0);
    }

    private Fetched fetch(String uri) {
        Instant now = time.instant();
        Optional<URI> parsed = https(uri);
        if (parsed.isEmpty()) {
            return failed("jwks_uri_error", now);
        }
        OutboundCall call =
                OutboundCall.get(
                        parsed.get(),
                        List.of(
                                new OutboundCall.Header("Accept", "application/json"),
                                new OutboundCall.Header("User-Agent", "Ostiary/1.0")));
        return calls.apply(call) instanceof OutboundResult.Answered answered
                        && answered.successful()
                ? read(answered.body(), now)
                : failed("jwks_uri_error", now);
    }

    private static Fetched read(byte[] body, Instant now) {
        List<JWK> keys;
        try {
            keys = JWKSet.parse(new String(body, StandardCharsets.UTF_8)).getKeys();
        } catch (ParseException e) {
            return failed("client_assertion_invalid_jwks", now);
        }
        if (keys.isEmpty()) {
            return failed("jwks_uri_no_key", now);
        }
        Set<Optional<String>> names = new HashSet<>();
        boolean ambiguous =
                keys.size() > 1
                        && keys.stream()
                                .anyMatch(key -> !names.add(Optional.ofNullable(key.getKeyID())));
        return ambiguous || keys.size() > MOST_KEYS
                ? failed("jwks_uri_ambiguous_keys", now)
                : new Fetched(List.copyOf(keys), Optional.empty(), now);
    }

    private static Fetched failed(String code, Instant now) {
        return new Fetched(List.of(), Optional.of(code), now);
    }

    private static Optional<URI> https(String text) {
        try {
            URI uri = new URI(text);
            boolean good =
                    uri.getHost() != null
                            && "https"
                                    .equals(
                                            String.valueOf(uri.getScheme())
                                                    .toLowerCase(Locale.ROOT))
                            && uri.getRawUserInfo() == null;
            return good ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
