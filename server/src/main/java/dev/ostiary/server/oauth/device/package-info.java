/**
 * Signing in on devices that have no browser: a device gets two codes, shows one of them, and polls
 * with the other one while somebody types the first in elsewhere.
 *
 * <p>Boundary: the polling is a grant like any other and belongs to {@code oauth.grants}; who signs
 * in is the affair of {@code signin}.
 *
 * <p>Source: RFC 8628; OpenID Connect API, {@code /device/authorize}; guide "Configure Device
 * Authorization Grant Flow".
 */
@NullMarked
package dev.ostiary.server.oauth.device;

import org.jspecify.annotations.NullMarked;
