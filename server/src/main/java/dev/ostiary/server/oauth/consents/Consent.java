package dev.ostiary.server.oauth.consents;

import java.time.Instant;

/**
 * That a user lets a client have a scope. Immutable.
 *
 * @param id {@code oag…}
 * @param server id of the custom server
 * @param scope its name when it was given
 * @param scopeId its id: another scope of the same name is another one
 */
public record Consent(
        String id,
        String userId,
        String clientId,
        String server,
        String scope,
        String scopeId,
        Instant created) {

    /** Of its id. */
    public static final String PREFIX = "oag";

    /** The type in errors and events. */
    public static final String TYPE = "OAuth2ScopeConsentGrant";
}
