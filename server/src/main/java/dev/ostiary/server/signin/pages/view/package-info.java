/**
 * What pages look like as trees: one record for each page, from what it shows to its elements.
 *
 * <p>Boundary: pure functions of their records; knows neither the database nor the flow of a
 * sign-in.
 */
@NullMarked
package dev.ostiary.server.signin.pages.view;

import org.jspecify.annotations.NullMarked;
