/**
 * The Authentication API, {@code /api/v1/authn}: how a sign-in begins, what is done in each of its
 * states, and how a state looks on the wire.
 *
 * <p>What can be done when is {@code signin.flow}'s table; a step is one small class here or, for
 * who comes back in, in {@code signin.recovery}. To whoever proves nothing, unknown users, wrong
 * passwords and accounts that may not sign in are one and the same, in words and in time.
 *
 * <p>Boundary: sessions are made of the session token elsewhere; no application is asked for here.
 */
@NullMarked
package dev.ostiary.server.signin.authn;

import org.jspecify.annotations.NullMarked;
