/**
 * The product: the program's entry, the house that holds every family, and what runs around it.
 *
 * <p>Read {@link dev.ostiary.server.House} first: it constructs every family by hand and is the
 * table of contents.
 */
@NullMarked
package dev.ostiary.server;

import org.jspecify.annotations.NullMarked;
