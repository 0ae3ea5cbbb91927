/**
 * What happened: events with everything that stands in them, the context of the request that they
 * happened in, and cursors over the log.
 *
 * <p>Boundary: knows the store and the catalogue of event types; no HTTP, no family. Who emits says
 * type, targets and outcome; who asked, from where and in which request is taken from {@link
 * dev.ostiary.platform.event.RequestContext}.
 */
@NullMarked
package dev.ostiary.platform.event;

import org.jspecify.annotations.NullMarked;
