/**
 * What a family of operations declares: which published operations it binds, and to what code.
 *
 * <p>Boundary: declarations only; no behaviour that two families might share by inheritance.
 */
@NullMarked
package dev.ostiary.platform.resource;

import org.jspecify.annotations.NullMarked;
