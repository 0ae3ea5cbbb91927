package dev.ostiary.server.expression;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What an expression is evaluated on: somebody, and the moment. Each is asked for only when the
 * expression comes to it, so that what costs a query may be fetched then.
 */
public interface Facts {

    /** What a name of the scope stands for. */
    Value variable(String name);

    /** The groups that the user is in. */
    List<Group> groups();

    /** {@code id} or {@code status} of the user. */
    Value internalProperty(String name);

    /** The moment of the evaluation. */
    Instant now();

    /** The user whom a user is linked to; nothing where there is none. */
    default Value linked(Value user, String primaryName) {
        return Value.NOTHING;
    }

    /** Somebody who stands beside the user; nothing where there is none. */
    default Value relative(Relative relative, List<String> sources) {
        return Value.NOTHING;
    }

    /** Who may stand beside a user. */
    enum Relative {
        MANAGER,
        MANAGER_APP_USER,
        ASSISTANT,
        ASSISTANT_APP_USER,
        DIRECTORY_USER,
        WORKDAY_USER
    }

    /**
     * A user as {@link Scope#user} describes one.
     *
     * @param own what the user has beside the profile
     */
    static Value user(JsonNode profile, Map<String, Value> own) {
        return new Value.Thing(
                name -> {
                    if (profile.has(name)) {
                        return Value.of(profile.get(name));
                    }
                    if (name.equals("profile")) {
                        return Value.of(profile);
                    }
                    return own.getOrDefault(name, Value.NOTHING);
                });
    }
}
