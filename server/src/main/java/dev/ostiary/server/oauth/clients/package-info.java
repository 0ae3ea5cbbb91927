/**
 * Who a client is and how it proves it at the endpoints of OAuth: by a secret in the header or the
 * body, by a signed assertion, or by nothing where it is public.
 *
 * <p>Boundary: knows clients by what {@link dev.ostiary.server.oauth.clients.ClientRegistry} tells;
 * decides nothing about grants.
 *
 * <p>Source: OpenID Connect API, "Client authentication methods"; RFC 6749, 2.3; RFC 7523, 3.
 */
@NullMarked
package dev.ostiary.server.oauth.clients;

import org.jspecify.annotations.NullMarked;
