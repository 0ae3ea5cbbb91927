/**
 * What policies decide. The {@link dev.ostiary.server.policy.engine.Evaluator} goes through {@link
 * dev.ostiary.server.policy.engine.Candidate candidates} in their order and tells which policy and
 * which rule apply to a {@link dev.ostiary.server.policy.engine.Situation situation}, and why.
 *
 * <p>Boundary: pure. Knows no database, no clock and no request; what is not known of a situation
 * is said to be unknown, and a condition on it is then neither met nor missed.
 */
@NullMarked
package dev.ostiary.server.policy.engine;

import org.jspecify.annotations.NullMarked;
