package dev.ostiary.server.signin.pages.form;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.secret.Tokens;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps other sites from sending our forms. A form is believed if the browser says that it comes
 * from a page of this host (Fetch Standard, {@code Origin}; Fetch Metadata, {@code
 * Sec-Fetch-Site}), and if it brings along what only this browser was given: a token that follows
 * from a cookie which no other host can set or read. Nothing is kept here, so every node believes
 * the same. Thread-safe.
 */
public final class FormGuard {

    private static final String COOKIE = "form";
    private static final String KIND = "page-form";
    private static final int LENGTH = 32;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH + "}");

    private final Tokens tokens;

    public FormGuard(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * What the forms of a page are given.
     *
     * @param token the field
     * @param cookie the {@code Set-Cookie}, unless the browser has it already
     */
    public record Issued(String token, Optional<String> cookie) {

        /** Says nothing. */
        @Override
        public String toString() {
            return "Issued[…]";
        }
    }

    /** For the forms of a page that answers a request. */
    public Issued issue(Cookies cookies) {
        Optional<String> known = secret(cookies);
        String secret = known.orElseGet(() -> tokens.urlSafe(LENGTH));
        return new Issued(
                token(secret),
                known.isPresent() ? Optional.empty() : Optional.of(Cookies.set(COOKIE, secret)));
    }

    /**
     * Refuses a form that is not this browser's.
     *
     * @throws ApiException {@code E0000006}
     */
    public void require(Request request, Cookies cookies, String token) {
        boolean own =
                request.header("Sec-Fetch-Site").map("same-origin"::equals).orElse(true)
                        && request.header("Origin").map(ownOrigin(request)::equals).orElse(true);
        byte[] expected = secret(cookies).map(FormGuard::token).orElse("").getBytes(US_ASCII);
        boolean same = MessageDigest.isEqual(expected, token.getBytes(US_ASCII));
        if (!own || expected.length == 0 || !same) {
            throw ApiException.forbidden();
        }
    }

    private static Optional<String> secret(Cookies cookies) {
        return cookies.find(COOKIE).filter(text -> SECRET.matcher(text).matches());
    }

    private static String token(String secret) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(TokenHash.of(KIND, secret).bytes());
    }

    /** The request's own origin as browsers write it: without the scheme's own port. */
    private static String ownOrigin(Request request) {
        String origin = request.baseUrl().toLowerCase(Locale.ROOT);
        String standard = origin.startsWith("https:") ? ":443" : ":80";
        return origin.endsWith(standard)
                ? origin.substring(0, origin.length() - standard.length())
                : origin;
    }
}
