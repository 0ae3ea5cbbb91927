/**
 * Passwords: how they are kept (a slow hash that says its own parameters), how hashes of other
 * systems are taken over, and what a password policy asks of a new one.
 *
 * <p>Boundary: pure rules and arithmetic. Knows no table, no request and no user beyond the few
 * words that a password must not contain; who may change a password, the history's rows and the
 * counting of failed attempts are the business of users and of sign-in. No password is ever part of
 * an exception, a log line or a {@code toString}.
 */
@NullMarked
package dev.ostiary.server.directory.users.password;

import org.jspecify.annotations.NullMarked;
