/**
 * Custom domains: hosts of their own under which orgs are reached, proven by DNS and served with
 * certificates that the org brings.
 *
 * <p>States: NOT_STARTED, IN_PROGRESS once somebody has looked for the TXT record in vain, VERIFIED
 * once it was found, COMPLETED with a certificate; from then on the host is served. Oddities: an
 * unknown domain is {@code E0000163} instead of {@code E0000007}; creating one answers 201.
 *
 * <p>Boundary: which hosts belong to which org, and their certificates. Finding the org of a
 * request and choosing a certificate in a handshake are the platform's, which ask here.
 */
@NullMarked
package dev.ostiary.server.customization.domains;

import org.jspecify.annotations.NullMarked;
