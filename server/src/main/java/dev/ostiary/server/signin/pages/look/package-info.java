/**
 * How pages look: the stylesheet and the script that all share, and the colours of a brand, made
 * readable on light and on dark ground.
 *
 * <p>Boundary: knows colours, not brands.
 */
@NullMarked
package dev.ostiary.server.signin.pages.look;

import org.jspecify.annotations.NullMarked;
