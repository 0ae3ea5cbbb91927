package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user of the app that an identity source is (tag IdentitySource). Immutable.
 *
 * @param externalId what the source calls it; unique in the source
 * @param userId the user of the org that it is
 * @param userName its name in the source
 * @param profile its attributes in the source but the name, as JSON
 * @param created when the source brought it
 * @param lastUpdated when the source last said anything new of it
 */
public record SourceUser(
        String externalId,
        String userId,
        @Nullable String userName,
        String profile,
        Instant created,
        Instant lastUpdated) {

    private static final String USER_NAME = "userName";

    /** One that the source has just brought. */
    public static SourceUser born(
            String externalId, String userId, ObjectNode document, Instant now) {
        return new SourceUser(
                externalId, userId, name(document), Json.text(rest(document)), now, now);
    }

    /** The same of which the source says something else. */
    public SourceUser with(ObjectNode document, Instant now) {
        return new SourceUser(
                externalId, userId, name(document), Json.text(rest(document)), created, now);
    }

    /** Everything that the source says of it, the name too; the caller's own. */
    public ObjectNode document() {
        ObjectNode whole = Json.object();
        whole.put(USER_NAME, userName);
        whole.setAll(Json.object(profile));
        return whole;
    }

    private static @Nullable String name(ObjectNode document) {
        return document.hasNonNull(USER_NAME) ? document.path(USER_NAME).asString() : null;
    }

    private static ObjectNode rest(ObjectNode document) {
        ObjectNode rest = document.deepCopy();
        rest.remove(USER_NAME);
        return rest;
    }
}
