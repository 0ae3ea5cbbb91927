/** Databases made for tests. */
@NullMarked
package dev.ostiary.platform.geo;

import org.jspecify.annotations.NullMarked;
