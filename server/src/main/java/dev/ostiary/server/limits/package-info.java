/**
 * What an org says of its rate limits: the tags PrincipalRateLimit and RateLimitSettings, and the
 * profile that the operator gives an org (P34).
 *
 * <p>Boundary: keeps and changes settings. What follows from them is {@code platform.limits}'
 * affair. {@link dev.ostiary.server.limits.RateLimitSettingsStore} is the only reader and writer of
 * its tables, beside {@link dev.ostiary.server.limits.PrincipalRateLimitStore}; both raise the
 * version of the area with every change.
 */
@NullMarked
package dev.ostiary.server.limits;

import org.jspecify.annotations.NullMarked;
