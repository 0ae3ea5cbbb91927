package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.oauth.grants.Subject.GroupName;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user who may act, as one statement has found it: with its groups, and with what becomes of an
 * app and of a token that it was asked about. Immutable.
 *
 * @param id of the user
 * @param profile of the user, as JSON
 * @param groups that the user is in
 * @param lastUpdated when the user was last changed
 * @param assigned whether the user has the app
 * @param appUserName what somebody has called the user in the app, if somebody has
 * @param token what is known of the token
 */
public record Presence(
        String id,
        String profile,
        List<GroupName> groups,
        Instant lastUpdated,
        boolean assigned,
        Optional<String> appUserName,
        Traces token) {

    public Presence {
        groups = List.copyOf(groups);
    }

    /**
     * What has become of a token and of what it came of.
     *
     * @param revoked whether it was ended by itself
     * @param remembered whether it is among those that are good while they are remembered
     * @param refresh when the refresh token that it came with expires; empty where it is gone
     * @param device when the secret of the device that it came of expires; empty where it is gone
     */
    public record Traces(
            boolean revoked,
            boolean remembered,
            Optional<Instant> refresh,
            Optional<Instant> device) {

        /** Whether an access token with this id is good ({@link IssuedTokens#isAlive}). */
        boolean keepAlive(String jti, Instant now) {
            return IssuedTokens.refreshTokenOf(jti).isPresent()
                    ? refresh.filter(now::isBefore).isPresent()
                    : remembered
                            && (IssuedTokens.deviceOf(jti).isEmpty()
                                    || device.filter(now::isBefore).isPresent());
        }
    }

    /**
     * The user as tokens are made for it.
     *
     * @param authenticated when the user last proved itself
     * @param amr by which methods
     */
    public Subject subject(Instant authenticated, List<String> amr) {
        ObjectNode document = Json.object(profile);
        return new Subject(
                id,
                document.path(ProfileSchema.LOGIN_ATTRIBUTE).asString(""),
                UserEvents.displayName(document),
                document,
                groups,
                lastUpdated,
                authenticated,
                amr,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
