package dev.ostiary.server.oauth.authorize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the browser brings it (OpenID Connect API, {@code response_mode}). */
enum ResponseMode {
    QUERY,
    FRAGMENT,
    FORM_POST,
    OKTA_POST_MESSAGE;

    static Optional<ResponseMode> parse(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
    }

    /** What is meant where nothing is said. */
    static ResponseMode of(ResponseType type) {
        return type.hasTokens() ? FRAGMENT : QUERY;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
