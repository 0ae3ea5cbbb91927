/**
 * What administrators see and end of what users have let clients have: refresh tokens and consents,
 * by user, by client and by authorization server.
 *
 * <p>Boundary: gives nothing out. What is ended here is so with the next request on every node.
 *
 * <p>Source: Management API, tags UserOAuth, UserGrant, ApplicationTokens,
 * AuthorizationServerClients and UserResources.
 */
@NullMarked
package dev.ostiary.server.oauth.management;

import org.jspecify.annotations.NullMarked;
