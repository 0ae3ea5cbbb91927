/**
 * Pictures that the server draws by itself: logos, QR codes.
 *
 * <p>Boundary: knows shades and PNG, nothing of what is drawn.
 */
@NullMarked
package dev.ostiary.platform.picture;

import org.jspecify.annotations.NullMarked;
