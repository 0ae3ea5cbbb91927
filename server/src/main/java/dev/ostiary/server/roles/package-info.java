/**
 * Who is an administrator: standard roles held by users.
 *
 * <p>Boundary: keeps and counts roles; what a role allows is decided where a request is authorized.
 */
@NullMarked
package dev.ostiary.server.roles;

import org.jspecify.annotations.NullMarked;
