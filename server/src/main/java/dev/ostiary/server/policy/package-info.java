/**
 * Policies and their rules: the tag Policy. What stands in them is said by {@code policy.kind},
 * what they decide is found by {@code policy.engine}; here they are kept, changed and shown.
 *
 * <p>States: a policy and a rule are active or inactive. What an org is born with is virtual: it
 * has a row only once somebody has changed it. Changes of an org come one after the other, under
 * the org's row: so priorities have neither gaps nor duplicates, whoever else is writing.
 *
 * <p>Boundary: says what a policy decides, and does none of it: sessions are {@code signin}'s,
 * passwords {@code directory.users}'.
 */
@NullMarked
package dev.ostiary.server.policy;

import org.jspecify.annotations.NullMarked;
