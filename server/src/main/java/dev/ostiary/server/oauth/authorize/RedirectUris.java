package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.http.Urls;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where clients may have browsers sent: to what is registered, character by character (RFC 9700,
 * 2.1). No part is understood, so there is nothing that two programs could understand differently.
 */
final class RedirectUris {

    /** One star stands for a piece of the lowest label of the domain, and for nothing else. */
    private static final Pattern STARRED = Pattern.compile("[A-Za-z0-9-]{1,63}");

    private RedirectUris() {}

    /**
     * Whether a URI is registered.
     *
     * @param wildcards whether a star counts ({@code wildcard_redirect})
     */
    static boolean has(List<String> registered, boolean wildcards, String uri) {
        return registered.stream()
                .anyMatch(
                        each ->
                                wildcards && each.indexOf('*') >= 0
                                        ? matches(each, uri)
                                        : each.equals(uri));
    }

    private static boolean matches(String pattern, String uri) {
        int star = pattern.indexOf('*');
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1);
        return uri.length() > before.length() + after.length()
                && uri.startsWith(before)
                && uri.endsWith(after)
                && STARRED.matcher(uri.substring(before.length(), uri.length() - after.length()))
                        .matches();
    }

    /** What a page's policy calls where a URI leads: its origin, or the scheme of an app. */
    static String source(String uri) {
        return Urls.origin(uri).orElseGet(() -> uri.substring(0, uri.indexOf(':') + 1));
    }
}
