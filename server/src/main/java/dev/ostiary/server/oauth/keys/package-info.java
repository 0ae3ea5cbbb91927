/**
 * The keys that authorization servers sign with: which one is in use when, and the keys themselves,
 * made when they are first needed.
 *
 * <p>A server's keys are numbered. The {@linkplain dev.ostiary.server.oauth.keys.KeySchedule
 * schedule} says as a function of time which number signs, which one is next and which one has just
 * expired; the id of a key follows from its number. So nothing has to run when a key's time comes,
 * a server that nobody uses costs nothing, and all nodes agree.
 *
 * <p>Boundary: knows owners by name only, and no token.
 *
 * <p>Source: Authorization Servers API, Key Store operations; OpenID Connect API, {@code /keys}.
 */
@NullMarked
package dev.ostiary.server.oauth.keys;

import org.jspecify.annotations.NullMarked;
