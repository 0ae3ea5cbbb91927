/**
 * Realms (tags Realm and RealmAssignment): the parts that an org's users are in, each in exactly
 * one, and who gets into which. The default realm stands nowhere until somebody changes it; its id
 * follows from the org's, and users who are in it have none stored.
 *
 * <p>Users know realms, realms do not know users: that nobody is left in a realm that goes, the
 * reference in the table of users says. What writers of users ask is kept in memory ({@link
 * dev.ostiary.server.directory.realms.OrgRealms}).
 *
 * <p>An assignment counts when a user is made, and when somebody runs it: a run goes over all users
 * of an org in the background ({@link dev.ostiary.server.directory.realms.RealmRuns}).
 *
 * <p>Source: Realms API, Realm Assignments API (reference); Realms (help).
 */
@NullMarked
package dev.ostiary.server.directory.realms;

import org.jspecify.annotations.NullMarked;
