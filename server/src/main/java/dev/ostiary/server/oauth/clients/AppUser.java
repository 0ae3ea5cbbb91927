package dev.ostiary.server.oauth.clients;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a user is in the app that a client is.
 *
 * @param userName what the user is called there; empty where the app wants no name
 * @param profile of the user there; the reader's own
 */
public record AppUser(Optional<String> userName, ObjectNode profile) {}
