/**
 * The Events API, as it was before the System Log API: the same log, told in its older and narrower
 * words (Events API; Events API Migration, "Event/System Log API event attribute mapping").
 *
 * <p>Boundary: a view. Only events that have a name there are shown; the rest of the log is the
 * System Log's.
 *
 * <p>Oddities: times are cut to the second, as the original's are, and compared so; {@code
 * startDate} means what is later than it; the cursor is a place in the order of persistence, so
 * {@code next} is always there.
 */
@NullMarked
package dev.ostiary.server.systemlog.events;

import org.jspecify.annotations.NullMarked;
