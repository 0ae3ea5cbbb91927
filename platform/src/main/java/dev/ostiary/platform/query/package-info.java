/**
 * What a client may ask of a list: the filter language and its way into SQL (P26 to P30), sorting,
 * and paging by cursors (P24, P25).
 *
 * <p>Boundary: knows grammar, types and SQL fragments, no table and no family. A family lists its
 * {@link dev.ostiary.platform.query.Attributes} and writes the query around the fragments.
 */
@NullMarked
package dev.ostiary.platform.query;

import org.jspecify.annotations.NullMarked;
