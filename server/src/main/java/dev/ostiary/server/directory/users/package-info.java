/**
 * Users: what is known of a person, the status of the account, and how both change (tags User,
 * UserLifecycle and UserCred of the API).
 *
 * <p>States: STAGED, PROVISIONED, ACTIVE, RECOVERY, PASSWORD_EXPIRED, LOCKED_OUT, SUSPENDED,
 * DEPROVISIONED. {@link dev.ostiary.server.directory.users.Step} is the one table of what is
 * allowed in which, what it leads to and which event it writes; links are read off it.
 *
 * <p>Oddities: the first DELETE only deactivates; activation and deactivation are finished when
 * they answer, so {@code transitioningToStatus} is never sent; the profile is a document that
 * {@link dev.ostiary.server.directory.schemas.ProfileSchema} judges, not columns.
 *
 * <p>Boundary: owns the tables {@code users}, {@code user_search} and {@code user_tokens}. Depends
 * on memberships, never on groups. Neighbours read users through {@link
 * dev.ostiary.server.directory.users.UserDirectory} and write them with {@link
 * dev.ostiary.server.directory.users.UserJson}.
 */
@NullMarked
package dev.ostiary.server.directory.users;

import org.jspecify.annotations.NullMarked;
