/**
 * What a real browser makes of the server: pages of other sites that call the API. Skipped, with
 * the reason printed, where no Chromium is installed.
 */
@NullMarked
package dev.ostiary.conformance.browser;

import org.jspecify.annotations.NullMarked;
