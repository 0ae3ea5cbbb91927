package dev.ostiary.server.directory.memberships;

import dev.ostiary.platform.event.Target;

/**
 * A group as the log names it.
 *
 * @param id public id
 * @param name the name in its profile
 */
public record GroupRef(String id, String name) {

    /** The group as the target of an event; groups have no alternate id there. */
    public Target target() {
        return new Target(id, "UserGroup", "unknown", name);
    }
}
