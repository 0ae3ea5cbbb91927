package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.issued.AccessTokenStore;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.issued.DeviceSecret;
import dev.ostiary.server.oauth.issued.DeviceSecretStore;
import dev.ostiary.server.oauth.issued.RefreshToken;
import dev.ostiary.server.oauth.issued.RefreshTokenStore;
import java.time.Instant;

/** Names what is issued, and keeps what has to be kept of it. Thread-safe. */
final class Issuance {

    private static final int TEXT = 43;

    private final Ids ids;
    private final Tokens random;
    private final RefreshTokenStore refreshTokens = new RefreshTokenStore();
    private final DeviceSecretStore deviceSecrets = new DeviceSecretStore();
    private final AccessTokenStore accessTokens = new AccessTokenStore();

    Issuance(Ids ids, Tokens random) {
        this.ids = ids;
        this.random = random;
    }

    /** An id for a refresh token. */
    String nextId(Org org, Instant now) {
        return ids.next(RefreshToken.PREFIX, org.tail(), now);
    }

    /** An id for what ID tokens call a session. */
    String nextSid() {
        return ids.sessionId();
    }

    /** A text for a refresh token. */
    String nextText() {
        return random.urlSafe(TEXT);
    }

    void keep(Tx tx, RefreshToken token, String text, Instant now) {
        refreshTokens.insert(tx, token, text, now);
    }

    void keep(Tx tx, DeviceSecret secret, String text, Instant now) {
        deviceSecrets.insert(tx, secret, text, now);
    }

    void keep(Tx tx, TokenMint.Minted access, Authorization granted, Instant now) {
        accessTokens.insert(tx, access.jti(), granted, access.expires(), now);
    }
}
