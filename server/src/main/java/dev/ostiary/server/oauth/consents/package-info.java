/**
 * Consents: that a user lets a client have a scope of a custom authorization server.
 *
 * <p>Boundary: keeps them; whether anybody has to be asked is the affair of {@code
 * oauth.authorize}.
 *
 * <p>Source: OpenID Connect API, "Scope properties"; Management API, tag UserGrant.
 */
@NullMarked
package dev.ostiary.server.oauth.consents;

import org.jspecify.annotations.NullMarked;
