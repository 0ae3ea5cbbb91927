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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a client publishes itself ({@code jwks_uri}; RFC 7591, 2), and those that stand in its
 * registration where it does not. Thread-safe.
 *
 * <p>A set that was fetched is good for ten minutes, so that a key which a client has taken back is
 * soon good for nothing. One of whose keys none has made a signature is fetched again at once,
 * since the client may have begun to sign with another; but that is what anybody can make it look
 * like, so a set is fetched for it three times in half a minute at most, and what was known stays
 * known where nobody answers. A site that failed is left alone for half a minute. Of requests that
 * need a set at once, one fetches it and the others wait. Each org fetches for itself.
 */
public final class PublishedKeySets implements KeySets {

    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int MOST_IN_PAUSE = 3;
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
     * @param at when the keys were fetched
     * @param again when they were fetched for a signature, the last times
     */
    private record Fetched(
            List<JWK> keys, Optional<String> failure, Instant at, List<Instant> again) {

        Fetched of(List<Instant> times) {
            return new Fetched(keys, failure, at, times);
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
    public List<JWK> of(Org org, OAuthClient client) {
        return client.jwksUri().isEmpty()
                ? registered.of(org, client)
                : at(org, client.jwksUri().get());
    }

    @Override
    public List<JWK> at(Org org, String uri) {
        return keys(new Source(org.number(), uri), this::current);
    }

    @Override
    public List<JWK> newer(Org org, OAuthClient client, List<JWK> old) {
        return client.jwksUri().isEmpty()
                ? old
                : keys(
                        new Source(org.number(), client.jwksUri().get()),
                        (source, now) ->
                                now != null && now.keys().equals(old)
                                        ? again(source, now)
                                        : current(source, now));
    }

    private List<JWK> keys(
            Source source, BiFunction<Source, @Nullable Fetched, Fetched> remembered) {
        Fetched fetched = Objects.requireNonNull(known.asMap().compute(source, remembered));
        if (fetched.failure().isPresent()) {
            throw errors.of(fetched.failure().get());
        }
        return fetched.keys();
    }

    private Fetched current(Source source, @Nullable Fetched old) {
        if (old == null) {
            return fetch(source.uri());
        }
        Duration age = Duration.between(old.at(), time.instant());
        return age.compareTo(old.failure().isPresent() ? PAUSE : GOOD_FOR) > 0
                ? fetch(source.uri()).of(old.again())
                : old;
    }

    /** Fetches for a signature that no key has made. */
    private Fetched again(Source source, Fetched old) {
        Instant now = time.instant();
        List<Instant> recent =
                old.again().stream()
                        .filter(at -> Duration.between(at, now).compareTo(PAUSE) <= 0)
                        .toList();
        if (recent.size() >= MOST_IN_PAUSE) {
            return old;
        }
        Fetched fetched = fetch(source.uri());
        List<Instant> times = Stream.concat(recent.stream(), Stream.of(now)).toList();
        return (fetched.failure().isPresent() ? old : fetched).of(times);
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
                : new Fetched(List.copyOf(keys), Optional.empty(), now, List.of());
    }

    private static Fetched failed(String code, Instant now) {
        return new Fetched(List.of(), Optional.of(code), now, List.of());
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
