/**
 * What holds when processes die and many write at once (P37 to P40).
 *
 * <p>Boundary: sees only what a client and an operator can see: answers, processes, the log.
 */
@NullMarked
package dev.ostiary.conformance.faults;

import org.jspecify.annotations.NullMarked;
