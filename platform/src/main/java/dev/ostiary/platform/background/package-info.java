/**
 * Work that goes on beside requests, at intervals. Knows nothing of what the work is; what must
 * happen once in a cluster is claimed by the work itself, with row locks.
 */
@NullMarked
package dev.ostiary.platform.background;

import org.jspecify.annotations.NullMarked;
