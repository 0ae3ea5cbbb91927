/** Rate limits, without HTTP and without a database. */
@NullMarked
package dev.ostiary.platform.limits;

import org.jspecify.annotations.NullMarked;
