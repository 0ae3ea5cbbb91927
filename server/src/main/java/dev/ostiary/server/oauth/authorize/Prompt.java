package dev.ostiary.server.oauth.authorize;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client wants people to be asked (OpenID Connect Core 1.0, 3.1.2.1). Immutable.
 *
 * @param none nothing at all
 * @param login to sign in, whether they are signed in or not
 * @param consent to consent, whether they have before or not
 */
record Prompt(boolean none, boolean login, boolean consent) {

    /** What is needed. */
    static final Prompt USUAL = new Prompt(false, false, false);

    /** As errors list them. */
    static final String SUPPORTED = "none, consent, login, login consent";

    private static final String NONE = "none";
    private static final String LOGIN = "login";
    private static final String CONSENT = "consent";

    static Optional<Prompt> parse(String text) {
        List<String> words = Arrays.asList(text.split(" ", -1));
        boolean known =
                words.stream().distinct().count() == words.size()
                        && (text.equals(NONE) || Set.of(LOGIN, CONSENT).containsAll(words));
        return known
                ? Optional.of(
                        new Prompt(
                                words.contains(NONE),
                                words.contains(LOGIN),
                                words.contains(CONSENT)))
                : Optional.empty();
    }
}
