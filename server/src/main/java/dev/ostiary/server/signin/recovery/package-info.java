/**
 * How users come back in who forgot the password or are locked out (Authentication API, "Recovery
 * operations"): by a token that goes to the user's mail address, or that a trusted application
 * hands out, then by the answer to the recovery question where there is one.
 *
 * <p>To whoever asks without an API token, unknown users are answered as known ones are.
 */
@NullMarked
package dev.ostiary.server.signin.recovery;

import org.jspecify.annotations.NullMarked;
