/** Rate limits, met over HTTPS on a server that has low ones. */
@NullMarked
package dev.ostiary.conformance.limits;

import org.jspecify.annotations.NullMarked;
