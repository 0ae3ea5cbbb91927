/** Imports and exports of whole directories, by the commands and over HTTPS. */
@NullMarked
package dev.ostiary.conformance.bulk;

import org.jspecify.annotations.NullMarked;
