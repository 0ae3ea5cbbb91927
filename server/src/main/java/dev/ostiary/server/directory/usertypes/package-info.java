/**
 * User types (tag UserType): names for kinds of users, each with a schema of its own. The type that
 * every org begins with stands nowhere until somebody renames it; its id follows from the org's.
 *
 * <p>Source: User Types (reference).
 */
@NullMarked
package dev.ostiary.server.directory.usertypes;

import org.jspecify.annotations.NullMarked;
