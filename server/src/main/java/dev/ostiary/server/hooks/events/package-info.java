/**
 * Event hooks: receivers that an org's events are sent to, as readers of its log.
 *
 * <p>States: a hook is active or inactive, and verified or not; events go to those that are both. A
 * hook begins with the event after the moment when it became so. Its place in the log stands in its
 * row, so that a delivery that a node did not live to finish is made again by another, under the
 * same id: each event is sent at least once.
 *
 * <p>Oddities: the wire calls the type of a hook {@code Webhook} (WIRE, "Errors"). A receiver gets
 * two attempts; what it does not take then it does not get, and the log says so.
 *
 * <p>Boundary: owns the table {@code event_hook}.
 */
@NullMarked
package dev.ostiary.server.hooks.events;

import org.jspecify.annotations.NullMarked;
