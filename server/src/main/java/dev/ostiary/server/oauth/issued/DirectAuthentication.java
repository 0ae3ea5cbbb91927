package dev.ostiary.server.oauth.issued;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A user who proves itself to a client by further steps, as the client left it (guide "Configure
 * Direct authentication grants"; OpenID Connect CIBA Core 1.0, 7). Immutable; knows nothing that
 * the client comes back with.
 *
 * @param server id of the custom server, or of the org for its own
 * @param scopes that were asked for when it began; empty where they are said with the last step
 * @param amr by which methods the user has proven itself so far
 * @param asked what the user was asked, if anything
 */
public record DirectAuthentication(
        Kind kind,
        String clientId,
        String server,
        String userId,
        List<String> scopes,
        List<String> amr,
        Optional<Asked> asked,
        Instant expires) {

    /** How long any of them is good (guide, {@code expires_in}). */
    public static final Duration LIFE = Duration.ofMinutes(5);

    /** What the client comes back with. */
    public enum Kind {
        /** A token for the next factor ({@code mfa_token}). */
        MFA,
        /** A code for a factor that was asked elsewhere ({@code oob_code}). */
        OOB,
        /** An id of a request on the backchannel ({@code auth_req_id}). */
        BACKCHANNEL,
        /** The challenge that a user's security keys were asked to sign. */
        WEBAUTHN
    }

    /**
     * What a user was asked.
     *
     * @param question to a device; empty where a code was sent
     */
    public record Asked(String factorId, Optional<String> question) {}

    public DirectAuthentication {
        scopes = List.copyOf(scopes);
        amr = List.copyOf(amr);
    }
}
