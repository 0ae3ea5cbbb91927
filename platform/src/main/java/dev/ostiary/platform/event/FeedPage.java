package dev.ostiary.platform.event;

import java.util.List;

/**
 * A piece of an org's log.
 *
 * @param events in the order of persistence
 * @param position where to go on: the next page after it begins right behind what this one has
 *     looked at
 * @param full whether the limit ended it, so that more may follow at once
 */
public record FeedPage(List<LoggedEvent> events, long position, boolean full) {}
