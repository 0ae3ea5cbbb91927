/**
 * Dynamic client registration: apps as RFC 7591 and OpenID Connect Dynamic Client Registration 1.0
 * see them.
 *
 * <p>Boundary: another view of the same apps; what an app may be is judged where apps are.
 */
@NullMarked
package dev.ostiary.server.apps.registration;

import org.jspecify.annotations.NullMarked;
