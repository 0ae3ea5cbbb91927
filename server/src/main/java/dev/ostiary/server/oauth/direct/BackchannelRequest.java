package dev.ostiary.server.oauth.direct;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.ostiary.server.oauth.grants.Form;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import java.time.Duration;
import java.util.Optional;

/**
 * What a client asks for on the backchannel (OpenID Connect CIBA Core 1.0, 7.1), as it stands in
 * the form or in a signed request. Immutable.
 *
 * @param scope as it was asked for
 * @param loginHint the user's name, if it was given
 * @param idTokenHint an ID token of the user's, if it was given
 * @param message what the user's device shows
 * @param life how long the request is good
 */
record BackchannelRequest(
        Optional<String> scope,
        Optional<String> loginHint,
        Optional<String> idTokenHint,
        Optional<String> message,
        Duration life) {

    /** OpenID Connect API, {@code request_expiry}. */
    private static final int LONGEST_LIFE = 300;

    private static final int LONGEST_MESSAGE = 255;

    /** Says where a parameter of a request stands. */
    @FunctionalInterface
    private interface Parameters {
        Optional<String> text(String name);
    }

    /**
     * One in a form.
     *
     * @throws dev.ostiary.server.oauth.problem.OAuthException {@code invalid_request}
     */
    static BackchannelRequest of(Form form, OAuthErrors errors) {
        return of(form::text, errors);
    }

    /** The same in a signed request. */
    static BackchannelRequest of(JWTClaimsSet claims, OAuthErrors errors) {
        return of(
                name ->
                        Optional.ofNullable(claims.getClaim(name))
                                .filter(value -> value instanceof String || value instanceof Number)
                                .map(String::valueOf)
                                .filter(text -> !text.isEmpty()),
                errors);
    }

    private static BackchannelRequest of(Parameters said, OAuthErrors errors) {
        Optional<String> message = said.text("binding_message");
        if (message.filter(text -> !isShown(text)).isPresent()) {
            throw errors.of("invalid_request");
        }
        Optional<String> expiry =
                said.text("request_expiry").or(() -> said.text("requested_expiry"));
        return new BackchannelRequest(
                said.text("scope"),
                said.text("login_hint"),
                said.text("id_token_hint"),
                message,
                Duration.ofSeconds(expiry.map(text -> seconds(text, errors)).orElse(LONGEST_LIFE)));
    }

    /** One line that a device can show, and no way to write over what stands beside it. */
    private static boolean isShown(String text) {
        return text.length() <= LONGEST_MESSAGE
                && text.codePoints()
                        .noneMatch(
                                each ->
                                        Character.isISOControl(each)
                                                || Character.getType(each) == Character.FORMAT
                                                || Character.getType(each)
                                                        == Character.LINE_SEPARATOR
                                                || Character.getType(each)
                                                        == Character.PARAGRAPH_SEPARATOR);
    }

    private static int seconds(String text, OAuthErrors errors) {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 1 && seconds <= LONGEST_LIFE) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            throw errors.of("invalid_requested_expiry");
        }
        throw errors.of("invalid_requested_expiry");
    }
}
