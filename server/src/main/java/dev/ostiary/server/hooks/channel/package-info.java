/**
 * How a receiver of hooks is reached: its URL, what is said in headers, and what proves to it who
 * calls. The same for event hooks and inline hooks.
 *
 * <p>Oddity: a secret goes in and never comes out. It lies encrypted beside the hook, and a change
 * that does not name it keeps it.
 *
 * <p>Boundary: the form of a channel, and one delivery with its one retry.
 */
@NullMarked
package dev.ostiary.server.hooks.channel;

import org.jspecify.annotations.NullMarked;
