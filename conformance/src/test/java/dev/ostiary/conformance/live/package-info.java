/** Copies of an org that lives elsewhere, and comparisons of two, by the commands. */
@NullMarked
package dev.ostiary.conformance.live;

import org.jspecify.annotations.NullMarked;
