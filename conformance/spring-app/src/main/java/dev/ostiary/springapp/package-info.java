/**
 * An application as its authors write it with {@code okta-spring-boot-starter}: configuration, one
 * page, and nothing that knows the server.
 *
 * <p>Boundary: only {@code conformance} starts it, as a process.
 */
@NullMarked
package dev.ostiary.springapp;

import org.jspecify.annotations.NullMarked;
