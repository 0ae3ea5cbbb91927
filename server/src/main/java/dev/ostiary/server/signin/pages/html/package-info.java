/**
 * HTML as a tree of typed elements, escaped when it is written. There is no way to put markup into
 * a text, a script into an attribute, or an address into a link that runs code: what a page shows
 * of people's input is shown as they wrote it.
 *
 * <p>Boundary: knows neither requests nor what pages say.
 */
@NullMarked
package dev.ostiary.server.signin.pages.html;

import org.jspecify.annotations.NullMarked;
