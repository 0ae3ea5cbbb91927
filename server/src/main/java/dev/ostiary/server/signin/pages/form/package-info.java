/**
 * What browsers send from a page's form: read under bounds, and believed only if the form was this
 * browser's own.
 *
 * <p>Boundary: knows requests, not what forms are about.
 */
@NullMarked
package dev.ostiary.server.signin.pages.form;

import org.jspecify.annotations.NullMarked;
