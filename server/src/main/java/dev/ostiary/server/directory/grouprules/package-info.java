/**
 * Group rules: conditions in the expression language, and the groups that users are put into for
 * whom they hold (tag GroupRule of the API).
 *
 * <p>A rule is {@code INACTIVE} when it is made, and can be changed while it is; activated it is
 * applied to every user, and from then on to each in the transaction that changes the user's
 * profile, type, status or memberships. {@code INVALID} is a rule one of whose groups is gone: it
 * can be read and deleted. A rule that is not active any more leaves its memberships as they are;
 * deleted, it leaves them as if they had been made by hand, or takes them along ({@code
 * removeUsers}).
 *
 * <p>Oddities: a user who is taken by hand out of a group that a rule holds is put on the rule's
 * list of exclusions, so that the rule does not undo it. The part {@code actions} cannot be
 * changed, and groups cannot be excluded, both as documented.
 *
 * <p>Boundary: owns the tables {@code group_rule}, {@code group_rule_exclusion} and {@code
 * group_rule_sweep}; reads memberships, and writes them by {@code memberships}. Users and groups
 * know it only as those who watch them.
 */
@NullMarked
package dev.ostiary.server.directory.grouprules;

import org.jspecify.annotations.NullMarked;
