/**
 * Texts that were given from outside and are worked with under a bound. Knows nothing of what they
 * mean.
 */
@NullMarked
package dev.ostiary.platform.text;

import org.jspecify.annotations.NullMarked;
