/**
 * Filters of event hooks: conditions on an event, in the part of the expression language that is
 * published for them ({@code event.target.?[type eq 'UserGroup'].size() > 0}).
 *
 * <p>Boundary: text to condition, condition on one event. The event is the JSON that the System Log
 * shows; nothing else can be named. Length, depth and work are bounded: whoever may make hooks
 * cannot stop deliveries with an expression.
 */
@NullMarked
package dev.ostiary.server.hooks.filter;

import org.jspecify.annotations.NullMarked;
