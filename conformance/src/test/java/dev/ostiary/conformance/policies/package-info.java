/** Policies over HTTPS: their wire, and what they decide. */
@NullMarked
package dev.ostiary.conformance.policies;

import org.jspecify.annotations.NullMarked;
