/**
 * Behaviours: what an org finds remarkable about a sign-in that differs from a user's earlier ones,
 * the memory of those sign-ins, and the judgement of a new one.
 *
 * <p>States: a behaviour is active or inactive; only an active one is judged. Seven are there
 * before anybody makes one, and have no row until somebody changes them. Oddities: the cursor of
 * the list is a name (WIRE, "Lists and pages"); the published object calls its links {@code _link},
 * which is sent beside {@code _links}.
 *
 * <p>Boundary: says what is new. What follows from it is the policies' affair, and who signs in
 * that of the sign-in.
 */
@NullMarked
package dev.ostiary.server.security.behaviours;

import org.jspecify.annotations.NullMarked;
