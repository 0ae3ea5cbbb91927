/**
 * What pages say, in each language that they speak, and which of them a reader gets.
 *
 * <p>Boundary: knows neither requests nor users; who asks brings the languages along.
 */
@NullMarked
package dev.ostiary.server.signin.pages.text;

import org.jspecify.annotations.NullMarked;
