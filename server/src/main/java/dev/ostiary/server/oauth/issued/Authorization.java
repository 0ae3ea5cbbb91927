package dev.ostiary.server.oauth.issued;

import dev.ostiary.platform.store.Row;
import dev.ostiary.server.oauth.servers.Lifetimes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a user has let a client have. It is all that tokens are made of when the user is not there,
 * and is never decided again (OpenID Connect API, "Subtle behavior"). Immutable.
 *
 * @param server id of the custom server, or of the org for its own
 * @param scopes that were granted
 * @param authTime when the user last proved itself
 * @param amr by which methods (RFC 8176)
 * @param acr which assurance the client has asked for and has
 * @param lifetimes as the access policy decided
 * @param sid what ID tokens say of the session, if they say it
 * @param session id of the user's session that it comes of, if it comes of one
 */
public record Authorization(
        String clientId,
        String server,
        String userId,
        List<String> scopes,
        Instant authTime,
        List<String> amr,
        Optional<String> acr,
        Lifetimes lifetimes,
        Optional<String> sid,
        Optional<String> session) {

    static final String COLUMNS =
            "client_id, server, user_id, scopes, auth_time, amr, acr, access_life,"
                    + " refresh_life, refresh_window, inline_hook, sid, session_id";

    public Authorization {
        scopes = List.copyOf(scopes);
        amr = List.copyOf(amr);
    }

    /** One whose tokens say nothing of an assurance or a session. */
    public Authorization(
            String clientId,
            String server,
            String userId,
            List<String> scopes,
            Instant authTime,
            List<String> amr,
            Lifetimes lifetimes) {
        this(
                clientId,
                server,
                userId,
                scopes,
                authTime,
                amr,
                Optional.empty(),
                lifetimes,
                Optional.empty(),
                Optional.empty());
    }

    static Authorization read(Row row) {
        return new Authorization(
                row.text("client_id"),
                row.text("server"),
                row.text("user_id"),
                row.texts("scopes"),
                row.instant("auth_time"),
                row.texts("amr"),
                Optional.ofNullable(row.textOrNull("acr")),
                new Lifetimes(
                        row.integer("access_life"),
                        row.integer("refresh_life"),
                        row.integer("refresh_window"),
                        row.textOrNull("inline_hook")),
                Optional.ofNullable(row.textOrNull("sid")),
                Optional.ofNullable(row.textOrNull("session_id")));
    }
}
