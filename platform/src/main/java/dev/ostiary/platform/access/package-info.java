/**
 * Who calls and what they may do: credentials as sent, the caller that they prove, and the caller's
 * permissions.
 *
 * <p>Boundary: says yes or no; where tokens and roles are kept is the server module's affair.
 */
@NullMarked
package dev.ostiary.platform.access;

import org.jspecify.annotations.NullMarked;
