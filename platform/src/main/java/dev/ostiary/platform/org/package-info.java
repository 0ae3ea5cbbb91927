/**
 * The org (tenant) and what every part of one shares: its ids, its clock, its settings.
 *
 * <p>Boundary: knows what an org is, not what it holds. Time and randomness are always injected.
 */
@NullMarked
package dev.ostiary.platform.org;

import org.jspecify.annotations.NullMarked;
