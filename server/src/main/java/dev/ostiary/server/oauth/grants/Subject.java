package dev.ostiary.server.oauth.grants;

import java.time.Instant;
import java.util.List;
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
 */
public record Subject(
        String id,
        String login,
        String displayName,
        ObjectNode profile,
        List<GroupName> groups,
        Instant lastUpdated,
        Instant authenticated,
        List<String> amr) {

    /** A group and what people call it. */
    public record GroupName(String id, String name) {}

    public Subject {
        groups = List.copyOf(groups);
        amr = List.copyOf(amr);
    }
}
