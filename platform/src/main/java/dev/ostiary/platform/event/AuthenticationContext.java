package dev.ostiary.platform.event;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the actor proved who they are (System Log API, AuthenticationContext object).
 *
 * @param rootSessionId stands for the session in which others began, such as those that the system
 *     acts in on behalf of a user
 * @param externalSessionId stands for the session without being usable as one
 * @param via what the wire calls {@code interface}
 */
public record AuthenticationContext(
        @Nullable String authenticationProvider,
        @Nullable String credentialProvider,
        @Nullable String credentialType,
        @Nullable String via,
        @Nullable String rootSessionId,
        @Nullable String externalSessionId) {

    private static final Pattern REQUEST_ID = Pattern.compile("[0-9a-f]{32}");

    /**
     * A call by API token: its one request is all the session there is, and has an id of the form
     * that the original gives such sessions (System Log API, "Event correlation example").
     */
    public static AuthenticationContext ofOneRequest(String requestId) {
        if (!REQUEST_ID.matcher(requestId).matches()) {
            return none();
        }
        String session =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(HexFormat.of().parseHex(requestId));
        return new AuthenticationContext(null, null, null, null, null, "trs" + session);
    }

    /** Somebody signed in: the public id stands for the session, and does not open it. */
    public static AuthenticationContext ofSession(String sessionId) {
        return new AuthenticationContext(null, null, null, null, sessionId, sessionId);
    }

    /**
     * A factor was to be proven.
     *
     * @param credentialProvider who made it
     * @param credentialType what it is, where the System Log has a word for it
     */
    public static AuthenticationContext ofFactor(
            String credentialProvider, @Nullable String credentialType) {
        return new AuthenticationContext(
                "FACTOR_PROVIDER", credentialProvider, credentialType, null, null, null);
    }

    /** Nothing is known. */
    public static AuthenticationContext none() {
        return new AuthenticationContext(null, null, null, null, null, null);
    }

    /** The same with what another one knows, which counts for more. */
    AuthenticationContext with(AuthenticationContext more) {
        return new AuthenticationContext(
                or(more.authenticationProvider, authenticationProvider),
                or(more.credentialProvider, credentialProvider),
                or(more.credentialType, credentialType),
                or(more.via, via),
                or(more.rootSessionId, rootSessionId),
                or(more.externalSessionId, externalSessionId));
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }
}
