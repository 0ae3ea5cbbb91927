/**
 * One suite over every operation that is bound: what the contract's tables and the published
 * schemas promise of each.
 *
 * <p>Boundary: what is the same for every operation. What is peculiar to one stands in its family's
 * tests and in the journeys.
 */
@NullMarked
package dev.ostiary.conformance.contract;

import org.jspecify.annotations.NullMarked;
