/**
 * Orgs: made, found, listed and deleted (P1, P40).
 *
 * <p>An org that the operator made is a root and can make others (createChildOrg); those cannot.
 * The log of the org whose administrator makes or ends another one says so.
 *
 * <p>Boundary: an org's row and what a fresh one holds. Finding the org of a request goes through
 * {@link dev.ostiary.server.orgs.OrgStore}; what is inside an org belongs to the families.
 */
@NullMarked
package dev.ostiary.server.orgs;

import org.jspecify.annotations.NullMarked;
