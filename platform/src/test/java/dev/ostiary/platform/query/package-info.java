/** Holds the filter language, its way into SQL, and paging to their promises (P24 to P30). */
@NullMarked
package dev.ostiary.platform.query;

import org.jspecify.annotations.NullMarked;
