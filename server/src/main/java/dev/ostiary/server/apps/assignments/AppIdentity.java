package dev.ostiary.server.apps.assignments;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a user is in an app, for those who tell the app of it.
 *
 * @param userName what the user is called there; empty where the app wants no name
 * @param profile of the user there; the reader's own
 */
public record AppIdentity(Optional<String> userName, ObjectNode profile) {}
