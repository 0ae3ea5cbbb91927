/**
 * Identity sources (tag IdentitySource; guide "Build an Anything-as-a-Source custom client
 * integration"): an app from which users, groups and memberships come, one by one or in sessions of
 * many.
 *
 * <p>A session is CREATED, IN_PROGRESS once something is loaded into it, TRIGGERED until all of it
 * is done, then COMPLETED; CLOSED if it was cancelled, EXPIRED after a day without a request, ERROR
 * if the import had to be given up. What was loaded is done in the background, a load in one
 * transaction with the session's place in it: so a node that dies repeats nothing and leaves
 * nothing out. An entity that cannot be written is passed over, and the log says why.
 *
 * <p>Boundary: owns the tables {@code identity_source_session}, {@code identity_source_load} and
 * {@code identity_source_group}. Users of a source are the users of its app ({@link
 * dev.ostiary.server.apps.assignments.SourceUserStore}); users and groups of the org are written
 * through their front doors.
 */
@NullMarked
package dev.ostiary.server.identitysources;

import org.jspecify.annotations.NullMarked;
