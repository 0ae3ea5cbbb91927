/** Hooks, as the services see them that an org has named. */
@NullMarked
package dev.ostiary.conformance.hooks;

import org.jspecify.annotations.NullMarked;
