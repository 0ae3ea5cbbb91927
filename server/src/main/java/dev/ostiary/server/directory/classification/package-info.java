/**
 * Whether a user counts as a full one (tag UserClassification of the API).
 *
 * <p>No states. A user is {@code STANDARD} from its creation until somebody says {@code LITE}; the
 * same again is no change. It goes with the user.
 *
 * <p>Boundary: owns the table {@code user_classification}. No licence hangs on it here.
 */
@NullMarked
package dev.ostiary.server.directory.classification;

import org.jspecify.annotations.NullMarked;
