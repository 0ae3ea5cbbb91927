/**
 * The state machine of a sign-in (Authentication API, "Transaction state"): which states there are,
 * what may be done in each, and what remains to be done until somebody is signed in.
 *
 * <p>{@link dev.ostiary.server.signin.flow.Moves} is the table. A transaction is a row that the
 * hash of its state token finds; {@link dev.ostiary.server.signin.flow.Flow} makes every move the
 * same way: find the row, ask the table, judge outside of any transaction (proofs are slow), then
 * lock, see that nobody else has moved meanwhile, and write. Steps return what is true now; {@link
 * dev.ostiary.server.signin.flow.Progress} says what remains.
 *
 * <p>Boundary: knows no HTTP path and writes no JSON.
 */
@NullMarked
package dev.ostiary.server.signin.flow;

import org.jspecify.annotations.NullMarked;
