/**
 * What attackers and accidents send. Each gets the documented error at once, nothing is half done,
 * and the server goes on.
 *
 * <p>Boundary: requests that no well-meaning client sends.
 */
@NullMarked
package dev.ostiary.conformance.badinput;

import org.jspecify.annotations.NullMarked;
