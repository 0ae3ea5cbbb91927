package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.clients.AppUser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The user for whom tokens are. Immutable.
 *
 * @param id of the user
 * @param login what the org knows the user by
 * @param displayName what people call the user
 * @param profile as it is stored
 * @param groups that the user is in
 * @param lastUpdated when the profile was last changed
 * @param authenticated when the user last proved itself
 * @param amr by which methods (RFC 8176)
 * @param sid what ID tokens say of the session, if they say it
 * @param session id of the user's session that the client came by, if it came by one
 * @param acr which assurance the client has asked for and has (OpenID Connect Core 1.0, 2)
 * @param appUser what the user is in the app that asks; empty where that does not matter
 */
public record Subject(
        String id,
        String login,
        String displayName,
        ObjectNode profile,
        List<GroupName> groups,
        Instant lastUpdated,
        Instant authenticated,
        List<String> amr,
        Optional<String> sid,
        Optional<String> session,
        Optional<String> acr,
        Optional<AppUser> appUser) {

    /** A group and what people call it. */
    public record GroupName(String id, String name) {}

    public Subject {
        groups = List.copyOf(groups);
        amr = List.copyOf(amr);
    }

    /** The same in an app. */
    Subject in(Optional<AppUser> app) {
        return new Subject(
                id,
                login,
                displayName,
                profile,
                groups,
                lastUpdated,
                authenticated,
                amr,
                sid,
                session,
                acr,
                app);
    }

    /** The same of whom the client is as sure as it has asked for. */
    public Subject assured(Optional<String> assurance) {
        return new Subject(
                id,
                login,
                displayName,
                profile,
                groups,
                lastUpdated,
                authenticated,
                amr,
                sid,
                session,
                assurance,
                appUser);
    }

    /** The same in a session that ID tokens tell of. */
    public Subject telling(Optional<String> told) {
        return new Subject(
                id,
                login,
                displayName,
                profile,
                groups,
                lastUpdated,
                authenticated,
                amr,
                told,
                session,
                acr,
                appUser);
    }

    /** The same who came by a session. */
    public Subject during(Optional<String> sessionId) {
        return new Subject(
                id,
                login,
                displayName,
                profile,
                groups,
                lastUpdated,
                authenticated,
                amr,
                sid,
                sessionId,
                acr,
                appUser);
    }
}
