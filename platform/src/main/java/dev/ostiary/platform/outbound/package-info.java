/**
 * Calls to places that orgs name: hooks, and whatever else an administrator gives a URL for.
 *
 * <p>Boundary: one call, to an address that may be called, within its time. What is said, and what
 * follows from the answer, is the caller's. The only package that knows the HTTP client.
 */
@NullMarked
package dev.ostiary.platform.outbound;

import org.jspecify.annotations.NullMarked;
