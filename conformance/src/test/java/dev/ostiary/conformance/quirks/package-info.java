/** The switches of an org, and what filters say and refuse, over HTTPS. */
@NullMarked
package dev.ostiary.conformance.quirks;

import org.jspecify.annotations.NullMarked;
