package dev.ostiary.server.apps.profiles;

import dev.ostiary.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * How one profile is made of another (Mappings API, "Profile Mapping object"). Immutable.
 *
 * @param id {@code prm…}
 * @param appId the app at one end; at the other are the users of the default type
 * @param intoApp whether it makes profiles in the app; else it makes users' profiles of those
 * @param properties expressions and when they count, by the attributes that they make, as JSON
 */
record ProfileMapping(String id, String appId, boolean intoApp, String properties) {

    static final String TYPE = "ProfileMapping";

    /** When an expression counts. */
    enum PushStatus {
        /** Whenever the source changes. */
        PUSH,
        /** When the target is made. */
        DONT_PUSH
    }

    /** As a tree, which is the caller's own. */
    ObjectNode document() {
        return Json.object(properties);
    }
}
