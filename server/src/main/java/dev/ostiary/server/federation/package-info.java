/** How users get from here into apps of others. */
@NullMarked
package dev.ostiary.server.federation;

import org.jspecify.annotations.NullMarked;
