/**
 * The commands: {@code serve}, {@code org}, {@code token}, {@code trust}. Options are also
 * environment variables.
 *
 * <p>Boundary: reads words, prints lines, ends with an exit code. What a command does to the server
 * it does over HTTPS, like any client, with the operator's secret from the data directory.
 */
@NullMarked
package dev.ostiary.server.cli;

import org.jspecify.annotations.NullMarked;
