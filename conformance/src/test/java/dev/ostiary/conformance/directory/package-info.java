/** The directory over HTTPS: what its families do together, beyond what one of them does alone. */
@NullMarked
package dev.ostiary.conformance.directory;

import org.jspecify.annotations.NullMarked;
