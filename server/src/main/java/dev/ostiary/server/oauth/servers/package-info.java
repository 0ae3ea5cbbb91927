/**
 * Custom authorization servers: their scopes, claims, access policies and rules, the keys of their
 * resource servers, and which of them trust each other (tags AuthorizationServer and its siblings).
 *
 * <p>A server is an immutable {@linkplain dev.ostiary.server.oauth.servers.AuthorizationServer
 * value} with all that belongs to it. A change makes another one of it ({@link
 * dev.ostiary.server.oauth.servers.ServerChanges}), one change after the other in an org; so names
 * stay unique and priorities without holes. What tokens are issued by is kept in memory under its
 * version ({@link dev.ostiary.server.oauth.servers.OrgServers}).
 *
 * <p>Every org begins with the server {@code default}, which stands nowhere until somebody changes
 * it ({@link dev.ostiary.server.oauth.servers.ServerTemplate}).
 *
 * <p>Boundary: issues no token; which key signs is the affair of {@code oauth.keys}.
 *
 * <p>Source: Authorization Servers API (reference); WIRE, "What an org holds before anyone touches
 * it".
 */
@NullMarked
package dev.ostiary.server.oauth.servers;

import org.jspecify.annotations.NullMarked;
