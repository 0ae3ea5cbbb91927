/**
 * Pictures that orgs upload: logos of apps and themes, favicons, backgrounds. What a picture is,
 * its bytes say, whatever the client calls it; a drawing (SVG) is taken only if nothing in it could
 * run or load anything. A new picture of an owner takes the place of the one before.
 *
 * <p>Boundary: owns the table {@code picture}; what a picture belongs to is the owner's affair.
 */
@NullMarked
package dev.ostiary.server.customization.pictures;

import org.jspecify.annotations.NullMarked;
