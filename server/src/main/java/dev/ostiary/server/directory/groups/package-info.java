/**
 * Groups: what they are called, how they are found, who owns them (tag GroupOwner of the API), and
 * the operations on their members (tag Group), with what the API tells of a user's resources (tag
 * UserResources).
 *
 * <p>No states. An org is born with two groups that nobody can change: Everyone, in which all its
 * users are, and Okta Administrators. Names are unique in an org, whatever their case.
 *
 * <p>Oddities: a list by {@code q} has no pages; {@code lastMembershipUpdated} is computed, see
 * {@link dev.ostiary.server.directory.memberships.LastMembershipUpdated}; logos are links to two
 * pictures that all groups share; an owner that is none is a {@code LinkedObject} in errors, and
 * its date has a space under {@code strict}.
 *
 * <p>Boundary: owns the tables {@code groups}, {@code group_search} and {@code group_owner}. Who is
 * in a group is known to {@code memberships}, what a user looks like to {@code users}.
 */
@NullMarked
package dev.ostiary.server.directory.groups;

import org.jspecify.annotations.NullMarked;
