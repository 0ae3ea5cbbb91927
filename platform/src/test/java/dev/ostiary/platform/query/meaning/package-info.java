/**
 * What filters mean, written from P26 to P28 alone: its own grammar, its own evaluation over plain
 * JSON, and random expressions and values to ask both it and the database.
 *
 * <p>Boundary: shares nothing with the parser and the compiler that it is held against.
 */
@NullMarked
package dev.ostiary.platform.query.meaning;

import org.jspecify.annotations.NullMarked;
