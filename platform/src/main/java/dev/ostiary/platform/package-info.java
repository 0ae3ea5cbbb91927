/**
 * The mechanics of the API. This module knows no family: what an operation does is said by the
 * server module.
 */
@NullMarked
package dev.ostiary.platform;

import org.jspecify.annotations.NullMarked;
