/**
 * Who is in which group: the rows of memberships, their rules, and what is counted over them.
 * Everybody is in the group Everyone, of which no membership is stored, and whoever holds an admin
 * role is in Okta Administrators.
 *
 * <p>Boundary: knows rows, ids and names. What a group or a user looks like, and which operations
 * there are on them, is the affair of their families, which call from above.
 */
@NullMarked
package dev.ostiary.server.directory.memberships;

import org.jspecify.annotations.NullMarked;
