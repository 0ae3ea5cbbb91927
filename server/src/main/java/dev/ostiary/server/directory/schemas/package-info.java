/**
 * What profiles may hold: the tag Schema, and the judge of every profile that is written.
 *
 * <p>A schema is the base attributes, which the server knows, and what an org has made of them:
 * attributes of its own, other permissions, a pattern for logins. Only the latter is stored. A
 * schema belongs to one user type, and there is one for groups. Nodes keep an org's schemas under
 * their version, so that judging a profile costs no query.
 *
 * <p>Source: Schemas (reference), "User Schema operations", "Group Schema operations".
 */
@NullMarked
package dev.ostiary.server.directory.schemas;

import org.jspecify.annotations.NullMarked;
