package dev.ostiary.server.oauth.authorize;

import dev.ostiary.server.oauth.servers.TokenClaim.ClaimType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a client wants the browser to bring (OAuth 2.0 Multiple Response Types, 3 and 5): at least
 * one of three. Immutable.
 */
record ResponseType(boolean code, boolean token, boolean idToken) {

    private static final String CODE = "code";
    private static final String TOKEN = "token";
    private static final String ID_TOKEN = "id_token";

    private static final Set<String> WORDS = Set.of(CODE, TOKEN, ID_TOKEN);

    /** Reads it; words come in any order, each once. */
    static Optional<ResponseType> parse(String text) {
        List<String> words = Arrays.stream(text.split(" ", -1)).toList();
        Set<String> distinct = new TreeSet<>(words);
        return distinct.size() == words.size() && WORDS.containsAll(words)
                ? Optional.of(
                        new ResponseType(
                                words.contains(CODE),
                                words.contains(TOKEN),
                                words.contains(ID_TOKEN)))
                : Optional.empty();
    }

    /** Whether the browser brings tokens, which never go into a query. */
    boolean hasTokens() {
        return token || idToken;
    }

    /** Whose claims they have. */
    Set<ClaimType> claims() {
        Set<ClaimType> claims = EnumSet.noneOf(ClaimType.class);
        if (token) {
            claims.add(ClaimType.RESOURCE);
        }
        if (idToken) {
            claims.add(ClaimType.IDENTITY);
        }
        return claims;
    }

    /** The words, in alphabetical order. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (code) {
            words.add(CODE);
        }
        if (idToken) {
            words.add(ID_TOKEN);
        }
        if (token) {
            words.add(TOKEN);
        }
        return words;
    }

    /** The grant that policies know it under. */
    String grantType() {
        return code ? "authorization_code" : "implicit";
    }
}
