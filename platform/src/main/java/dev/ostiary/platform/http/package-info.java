/**
 * The server's HTTP side: sockets, the one Pipeline that every request runs through, and the types
 * of a request and a reply.
 *
 * <p>Boundary: the only package that knows Helidon. It knows the contract, errors, callers and
 * orgs; it does not know what any operation does.
 */
@NullMarked
package dev.ostiary.platform.http;

import org.jspecify.annotations.NullMarked;
