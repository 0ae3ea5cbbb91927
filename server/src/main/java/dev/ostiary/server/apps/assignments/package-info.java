/**
 * Who is given an app: users by themselves, and groups, whose members then have it.
 *
 * <p>Only what somebody said has a row. Whoever has an app by a group is computed, as the members
 * of Everyone are: so a group of a million users is assigned with one row, and whoever joins or
 * leaves it, is deactivated or deleted, has or loses the app at that moment, on every node. A
 * user's name and profile in an app are made when they are read, of what was set and of what
 * mappings make of the user as it is now.
 *
 * <p>States of an app user: ACTIVE; apps here are not provisioned, so there is no other.
 *
 * <p>Boundary: knows users and groups by their front doors; apps know it by {@code
 * dev.ostiary.server.apps.AppAssignments}.
 */
@NullMarked
package dev.ostiary.server.apps.assignments;

import org.jspecify.annotations.NullMarked;
