/**
 * UI schemas (tag UISchema): how the form looks on which people enrol themselves. What an input is
 * bound to has to be an attribute of the default user type, and of a kind that its format can show.
 *
 * <p>Nothing shows such a form yet; policies of profile enrolment will refer to them.
 */
@NullMarked
package dev.ostiary.server.directory.uischemas;

import org.jspecify.annotations.NullMarked;
