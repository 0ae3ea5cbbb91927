/**
 * Where addresses are, from databases in MaxMind's format that the operator supplies.
 *
 * <p>Boundary: the only package that knows the library; what it finds are {@code Place}s.
 */
@NullMarked
package dev.ostiary.platform.geo;

import org.jspecify.annotations.NullMarked;
