/**
 * Tokens: how they are written, signed, verified and revoked.
 *
 * <p>Access tokens and ID tokens are JWTs that carry all that they say; only what was revoked is
 * stored of them. Refresh tokens are random, and stored as hashes.
 *
 * <p>Boundary: decides nothing; who gets which token is the affair of {@code oauth.grants}.
 *
 * <p>Source: OpenID Connect API, "Tokens and claims"; RFC 7519, RFC 7515.
 */
@NullMarked
package dev.ostiary.server.oauth.tokens;

import org.jspecify.annotations.NullMarked;
