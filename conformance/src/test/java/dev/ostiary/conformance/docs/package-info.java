/** The documents' snippets, run as they are printed. */
@NullMarked
package dev.ostiary.conformance.docs;

import org.jspecify.annotations.NullMarked;
