/**
 * Hypermedia: the {@code _links} of an object (P31).
 *
 * <p>Boundary: writes what a family says; which links an object's state allows is the family's to
 * know.
 */
@NullMarked
package dev.ostiary.platform.hal;

import org.jspecify.annotations.NullMarked;
