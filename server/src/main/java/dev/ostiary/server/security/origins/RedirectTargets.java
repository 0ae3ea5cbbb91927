package dev.ostiary.server.security.origins;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where an org may send a browser that asks for it: to itself, and to origins that it trusts for
 * redirects (Trusted Origins API, scope {@code REDIRECT}). Kept in memory, and as fresh as the
 * versions that the request has read. Thread-safe.
 *
 * <p>A URL has to mean the same to this server and to every browser: so only what is plainly
 * written is understood. Backslashes, white space and control characters, which browsers repair in
 * their own ways, credentials before the host, and {@code //host} are refused.
 */
public final class RedirectTargets {

    private static final int LONGEST = 4096;
    private static final Pattern PLAIN = Pattern.compile("[!-~&&[^\\\\]]+");

    private final OrgConfig<Set<String>> listed;

    public RedirectTargets(Database database) {
        TrustedOriginStore store = new TrustedOriginStore();
        listed =
                new OrgConfig<>(
                        ConfigArea.ORIGINS,
                        database,
                        Set.of(),
                        reader -> Set.copyOf(store.trustedForRedirects(reader)),
                        Set::size);
    }

    /** The URL in full, if the org may send a browser there; empty if it may not. */
    public Optional<String> resolve(Request request, String url) {
        if (url.length() > LONGEST || !PLAIN.matcher(url).matches()) {
            return Optional.empty();
        }
        if (url.startsWith("/")) {
            return url.startsWith("//") ? Optional.empty() : Optional.of(request.url(url));
        }
        return origin(url)
                .filter(
                        origin ->
                                WebOrigin.parse(request.baseUrl()).equals(Optional.of(origin))
                                        || listed.at(request.org(), request.org().versions())
                                                .contains(origin.text()))
                .map(origin -> url);
    }

    private static Optional<WebOrigin> origin(String url) {
        try {
            URI uri = new URI(url);
            return uri.getScheme() == null || uri.getRawAuthority() == null
                    ? Optional.empty()
                    : WebOrigin.parse(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }
}
