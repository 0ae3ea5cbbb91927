/**
 * Direct authentication: users prove themselves by factors to a client that talks with them itself,
 * without a page, a sign-in transaction or a session.
 *
 * <p>What counts at any sign-in counts here: the org's sign-on policy, locked accounts, failed
 * attempts, the limits of each factor. Whom tokens are for, and whether the app's policy is
 * content, is the affair of {@code oauth}.
 *
 * <p>Source: guide "Configure Direct authentication grants"; OpenID Connect API, {@code
 * /primary-authenticate}, {@code /challenge}, {@code /bc/authorize}.
 */
@NullMarked
package dev.ostiary.server.signin.direct;

import org.jspecify.annotations.NullMarked;
