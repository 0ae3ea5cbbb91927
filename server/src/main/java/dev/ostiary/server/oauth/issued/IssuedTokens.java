package dev.ostiary.server.oauth.issued;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.issued.AuthorizationCode.Given;
import dev.ostiary.server.oauth.issued.RefreshTokenStore.Selection;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether tokens of users are still good, and how they end. An access token that came with a
 * refresh token says so in its {@code jti} and is good while that is, so ending one ends the other
 * (Apps API, "Revoke all application Tokens"); any other is good while it is remembered.
 * Thread-safe.
 */
public final class IssuedTokens {

    private static final int PARTS = 3;

    private final AuthorizationCodeStore codes = new AuthorizationCodeStore();
    private final PolledRequestStore polled = new PolledRequestStore();
    private final DirectAuthenticationStore direct = new DirectAuthenticationStore();
    private final DeviceSecretStore deviceSecrets = new DeviceSecretStore();
    private final RefreshTokenStore refreshTokens = new RefreshTokenStore();
    private final AccessTokenStore accessTokens = new AccessTokenStore();

    /**
     * The {@code jti} of an access token.
     *
     * @param random what nobody else's has
     * @param refreshToken id of the refresh token that it comes with, or the {@code sid} of the
     *     secret that it comes of, if there is one
     */
    public static String jti(String random, Optional<String> refreshToken) {
        return "AT." + random + refreshToken.map(id -> "." + id).orElse("");
    }

    /** The id of the refresh token that an access token came with. */
    public static Optional<String> refreshTokenOf(String jti) {
        String[] parts = jti.split("\\.", -1);
        return parts.length == PARTS && parts[2].startsWith(RefreshToken.PREFIX)
                ? Optional.of(parts[2])
                : Optional.empty();
    }

    /** The {@code sid} of the device's secret that an access token came of. */
    public static Optional<String> deviceOf(String jti) {
        String[] parts = jti.split("\\.", -1);
        return parts.length == PARTS && parts[2].startsWith(DeviceSecret.PREFIX)
                ? Optional.of(parts[2])
                : Optional.empty();
    }

    /** Whether nobody has ended a user's access token, or what it came of. */
    public boolean isAlive(Reader reader, String jti, Instant now) {
        return refreshTokenOf(jti)
                .map(id -> refreshTokens.isAlive(reader, id, now))
                .orElseGet(
                        () ->
                                accessTokens.isThere(reader, jti)
                                        && deviceOf(jti)
                                                .map(sid -> deviceSecrets.isAlive(reader, sid, now))
                                                .orElse(true));
    }

    /** Ends all that a code was redeemed for. */
    public void end(Tx tx, Given given) {
        given.refreshToken()
                .ifPresentOrElse(
                        id -> refreshTokens.delete(tx, id),
                        () -> accessTokens.delete(tx, given.jti()));
    }

    /** Ends every token of a user, and every code; says whether there was any token. */
    public boolean endOfUser(Tx tx, String userId) {
        codes.deleteOfUser(tx, userId);
        polled.deleteOfUser(tx, userId);
        direct.deleteOfUser(tx, userId);
        deviceSecrets.deleteOfUser(tx, userId);
        boolean refresh = !refreshTokens.deleteAll(tx, Selection.ofUser(userId)).isEmpty();
        return accessTokens.deleteOfUser(tx, userId) > 0 || refresh;
    }

    /**
     * As {@link #endOfUser}, but for one access token and what that came of.
     *
     * @param jti of the access token that stays
     */
    public boolean endOthersOfUser(Tx tx, String userId, String jti) {
        codes.deleteOfUser(tx, userId);
        polled.deleteOfUser(tx, userId);
        direct.deleteOfUser(tx, userId);
        deviceSecrets.deleteOthersOfUser(tx, userId, deviceOf(jti).orElse(""));
        int refresh = refreshTokens.deleteOthersOfUser(tx, userId, refreshTokenOf(jti).orElse(""));
        return accessTokens.deleteOthersOfUser(tx, userId, jti) + refresh > 0;
    }

    /** The user's session that an access token comes of, if it comes of one. */
    public Optional<String> sessionOf(Reader reader, String jti) {
        return refreshTokenOf(jti)
                .map(id -> refreshTokens.sessionOf(reader, id))
                .orElseGet(() -> accessTokens.sessionOf(reader, jti));
    }

    /** Ends every token that users' clients have of a client; says whether there was any. */
    public boolean endOfClient(Tx tx, String clientId) {
        boolean refresh = !refreshTokens.deleteAll(tx, Selection.ofClient(clientId)).isEmpty();
        return accessTokens.deleteOfClient(tx, clientId) > 0 || refresh;
    }

    /** Ends every token of users that a server has issued; says whether there was any. */
    public boolean endOfServer(Tx tx, String server) {
        boolean refresh = !refreshTokens.deleteAll(tx, Selection.ofServer(server)).isEmpty();
        return accessTokens.deleteOfServer(tx, server) > 0 || refresh;
    }
}
