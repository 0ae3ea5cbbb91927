/**
 * Inline hooks: services of an org's own that are asked in the middle of what the server does, and
 * whose answer changes how it goes on.
 *
 * <p>States: a hook is active or inactive; only an active one is asked, and only an inactive one
 * can be deleted. Oddities: {@code POST} on a hook changes what its body names, {@code PUT}
 * replaces it; the type of a hook never changes, whatever either says.
 *
 * <p>Boundary: hooks, and one question with its answer. When to ask, and what an answer means, is
 * for whoever asks: {@link dev.ostiary.server.hooks.inline.InlineCalls}.
 */
@NullMarked
package dev.ostiary.server.hooks.inline;

import org.jspecify.annotations.NullMarked;
