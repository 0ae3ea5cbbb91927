/**
 * Journeys of the official Java SDK, unmodified, as an application would go them.
 *
 * <p>Boundary: what the SDK can say; what it cannot goes through the harness's plain client.
 */
@NullMarked
package dev.ostiary.conformance.sdk;

import org.jspecify.annotations.NullMarked;
