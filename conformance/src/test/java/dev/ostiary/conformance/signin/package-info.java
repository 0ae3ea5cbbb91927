/**
 * How users come in, over HTTPS: sign-in, recovery, sessions.
 *
 * <p>Boundary: knows the server from outside only.
 */
@NullMarked
package dev.ostiary.conformance.signin;

import org.jspecify.annotations.NullMarked;
