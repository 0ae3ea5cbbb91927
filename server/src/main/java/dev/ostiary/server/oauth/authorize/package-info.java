/**
 * Signing people in to applications: the authorization endpoint, to which applications send
 * browsers, and the way out again.
 *
 * <p>A request is judged in three steps, and each answers in its own way. Whether client and
 * redirect URI belong together: if not, the person is told, and nobody is redirected. Whether the
 * rest of the request is right, and whether the user may have what is asked for: if not, the
 * browser goes back with an error. Whether somebody has to do something first, sign in or consent:
 * then the request waits in the database for the browser to come back.
 *
 * <p>Boundary: makes no token but those that go back with the browser; who is signed in, and how
 * that comes about, is the affair of {@code signin}.
 *
 * <p>Source: OpenID Connect API, {@code /authorize} and {@code /logout}; RFC 6749, 4.1 and 4.2; RFC
 * 7636; OpenID Connect Core 1.0, 3; OAuth 2.0 Multiple Response Types; OAuth 2.0 Form Post Response
 * Mode; OpenID Connect RP-Initiated Logout 1.0; RFC 9700.
 */
@NullMarked
package dev.ostiary.server.oauth.authorize;

import org.jspecify.annotations.NullMarked;
