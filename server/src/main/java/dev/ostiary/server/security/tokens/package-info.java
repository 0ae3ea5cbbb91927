/**
 * API tokens: made, listed, changed and revoked, and turned into the caller that they prove (P20).
 *
 * <p>States: a token is active until it is revoked, goes unused for its window (30 days), or its
 * user is deactivated. Oddity: the original has no operation that makes one, so {@code POST
 * /ostiary/v1/apiTokens} does.
 */
@NullMarked
package dev.ostiary.server.security.tokens;

import org.jspecify.annotations.NullMarked;
