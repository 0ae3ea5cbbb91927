/**
 * The System Log API: the org's events, followed as they come or asked for by time, filtered and
 * searched (System Log API, "List events").
 *
 * <p>Boundary: reads what {@code platform.event} has written, and keeps it no longer than promised.
 * Writes no event, and changes none.
 *
 * <p>Two kinds of queries. A polling one (ascending, without {@code until}) follows the log in the
 * order in which events were persisted; every event comes once, and {@code next} is always there. A
 * bounded one is everything else: events by {@code published}, from the org's own clock, with
 * {@code next} where more follows.
 */
@NullMarked
package dev.ostiary.server.systemlog;

import org.jspecify.annotations.NullMarked;
