/**
 * Who is signed in: sessions, the one-time tokens that they are made of, and the cookie that a
 * browser shows for one (Sessions API).
 *
 * <p>A session token comes out of a finished sign-in and makes one session, once. A session has a
 * public id, which names it in the API and in the log, and opens nothing; what the cookie {@code
 * sid} holds is a secret of its own, kept as a hash. Sessions end by time, by their owner, by an
 * administrator, with the account, and where the session protection policies say so; every request
 * reads the row, so an end is felt at once on every node.
 *
 * <p>Boundary: knows nothing of how somebody signs in.
 */
@NullMarked
package dev.ostiary.server.signin.sessions;

import org.jspecify.annotations.NullMarked;
