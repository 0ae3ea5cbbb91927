/**
 * Factors: what users prove who they are with, beside a password (tag UserFactor of the API), and
 * the engine that verifies it.
 *
 * <p>States: a factor waits for its activation ({@code PENDING_ACTIVATION}) or is {@code ACTIVE}; a
 * phone that was unenrolled may stay to help who forgot the password, and is then none any more.
 *
 * <p>What holds of every kind: five wrong proofs within five minutes, and no further one is looked
 * at until those are over; a one-time code works once, whoever is faster; what was used for a time
 * step or a counter is refused ever after. Codes and answers are stored as hashes, seeds sealed.
 *
 * <p>Oddities: one factor of each kind, but any number of security keys; whoever enrols what is
 * still waiting begins anew.
 *
 * <p>Boundary: {@link dev.ostiary.server.signin.factors.FactorEngine} is the front door, for
 * whoever signs users in; it knows nothing of sign-in transactions. Messages leave through the
 * outbox.
 */
@NullMarked
package dev.ostiary.server.signin.factors;

import org.jspecify.annotations.NullMarked;
