/**
 * Copies an org that lives elsewhere, and compares two: both through the published API alone, so
 * that the other side may be any server that speaks it. What is brought over becomes lines of a
 * snapshot first, by names and never by ids, since ids are another's in another org. The source is
 * not trusted: its answers are bounded, and its links lead nowhere but to itself. Writing users,
 * groups and memberships is the bulk import's.
 */
@NullMarked
package dev.ostiary.server.live;

import org.jspecify.annotations.NullMarked;
