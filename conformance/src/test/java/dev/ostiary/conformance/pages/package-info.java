/** Pages as people meet them: over HTTPS, and in a real browser. */
@NullMarked
package dev.ostiary.conformance.pages;

import org.jspecify.annotations.NullMarked;
