/**
 * Orgs: made, found, listed and deleted (P1, P40).
 *
 * <p>Boundary: an org's row and what a fresh one holds. Finding the org of a request goes through
 * {@link dev.ostiary.server.orgs.OrgStore}; what is inside an org belongs to the families.
 */
@NullMarked
package dev.ostiary.server.orgs;

import org.jspecify.annotations.NullMarked;
