/**
 * The types of policies: what each is called, what its policies and rules hold, and what they have
 * before anybody says anything.
 *
 * <p>Boundary: says what may stand in a policy of a type, not which policies there are and not what
 * they decide.
 */
@NullMarked
package dev.ostiary.server.policy.kind;

import org.jspecify.annotations.NullMarked;
