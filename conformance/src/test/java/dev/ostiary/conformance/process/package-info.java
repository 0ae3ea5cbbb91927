/**
 * The server as its operator sees it: commands, options, exit codes, files, signals.
 *
 * <p>Boundary: nothing here asks what the API means; that is the other suites'.
 */
@NullMarked
package dev.ostiary.conformance.process;

import org.jspecify.annotations.NullMarked;
