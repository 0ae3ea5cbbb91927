/**
 * Secrets: the master key and what is derived from it, encryption at rest, random tokens and the
 * hashes that stand for them in the database.
 *
 * <p>Boundary: knows keys and bytes, no table, no family and no HTTP. Nothing here ever prints a
 * key: every {@code toString} names ids only, and no exception carries secret material. Passwords,
 * which are weak secrets, are hashed by the family of users.
 */
@NullMarked
package dev.ostiary.platform.secret;

import org.jspecify.annotations.NullMarked;
