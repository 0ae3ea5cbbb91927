/**
 * What was issued to clients in the name of users, as the database keeps it: codes, refresh tokens
 * and access tokens, all of them as hashes, and how they end.
 *
 * <p>Boundary: decides nothing of who gets what; that is the affair of {@code oauth.authorize} and
 * {@code oauth.grants}. The tokens themselves, as far as they are signed, are in {@code
 * oauth.tokens}.
 *
 * <p>Source: OpenID Connect API, "Tokens and claims"; RFC 6749, RFC 9700; guides "Refresh access
 * tokens and rotate refresh tokens" and "Revoke tokens".
 */
@NullMarked
package dev.ostiary.server.oauth.issued;

import org.jspecify.annotations.NullMarked;
