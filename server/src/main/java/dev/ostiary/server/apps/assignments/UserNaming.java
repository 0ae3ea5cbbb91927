package dev.ostiary.server.apps.assignments;

import dev.ostiary.server.apps.App;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an app makes the names of its users out of their profiles, where nobody has named them.
 * Immutable.
 *
 * @param template as the app's {@code userNameTemplate} has it; empty where the app wants no names
 * @param suffix what it puts behind
 */
public record UserNaming(Optional<String> template, String suffix) {

    /** That of an app. */
    public static UserNaming of(App app) {
        JsonNode said = app.document().at("/credentials/userNameTemplate");
        return new UserNaming(
                said.path("type").asString().equals("NONE")
                        ? Optional.empty()
                        : Optional.of(said.path("template").asString()),
                said.path("userSuffix").asString(""));
    }

    /** The name; none where the app wants none or the profile has nothing for it. */
    public Optional<String> of(ObjectNode profile) {
        return template.flatMap(text -> UserNames.of(text, suffix, profile));
    }
}
