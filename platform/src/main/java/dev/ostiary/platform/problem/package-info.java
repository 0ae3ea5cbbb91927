/**
 * Everything that goes wrong on purpose: the catalogue of error codes, and the exception that
 * carries one of them to {@code platform.http}, where the one writer turns it into the five-field
 * object (P17, P18).
 *
 * <p>Boundary: knows codes and texts, no HTTP server and no family. Whoever detects an error throws
 * {@link ApiException}; nobody else writes an error body.
 */
@NullMarked
package dev.ostiary.platform.problem;

import org.jspecify.annotations.NullMarked;
