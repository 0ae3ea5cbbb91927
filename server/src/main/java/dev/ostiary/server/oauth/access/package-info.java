/**
 * Access tokens of the org's own authorization server as credentials of its API (P21): whom a token
 * speaks for, and what it may be used for.
 *
 * <p>Boundary: says who calls; whether an operation's scopes are among the token's is decided where
 * every request is authorized.
 *
 * <p>Source: guide "Implement OAuth for Okta"; RFC 6750, RFC 9449.
 */
@NullMarked
package dev.ostiary.server.oauth.access;

import org.jspecify.annotations.NullMarked;
