package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.expression.Facts;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.expression.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user of whom assignments decide. Immutable.
 *
 * @param schemas what profiles of the org may hold
 * @param profile the user's profile
 * @param now the moment of the decision
 */
public record RealmCandidate(Org org, SchemaSet schemas, ObjectNode profile, Instant now) {

    /** Whether login and mail address are of domains that a realm allows. */
    boolean fits(Realm realm) {
        return Stream.of(ProfileSchema.LOGIN_ATTRIBUTE, ProfileSchema.EMAIL_ATTRIBUTE)
                .allMatch(name -> realm.profile().admits(text(profile.path(name))));
    }

    private static @Nullable String text(JsonNode value) {
        return value.isString() ? value.stringValue() : null;
    }

    /** What expressions find; of what they cannot call there is nothing. */
    Facts facts() {
        Value user = Facts.user(profile, Map.of());
        return new Facts() {
            @Override
            public Value variable(String name) {
                return user;
            }

            @Override
            public List<Group> groups() {
                return List.of();
            }

            @Override
            public Value internalProperty(String name) {
                return Value.NOTHING;
            }

            @Override
            public Instant now() {
                return now;
            }
        };
    }
}
