/**
 * JSON in and out: bounded parsing into trees, streaming out, and shapes, which say once what a
 * record looks like on the wire.
 *
 * <p>Boundary: the only package that configures Jackson. No data binding, no reflection; knows no
 * HTTP and no family.
 */
@NullMarked
package dev.ostiary.platform.json;

import org.jspecify.annotations.NullMarked;
