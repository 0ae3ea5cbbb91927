/**
 * PostgreSQL that the server brings along: unpacked from a jar, started as a process of its own,
 * durable, found again after a crash of the server, stopped with it.
 *
 * <p>Boundary: knows one data directory and the processes that serve it; hands out the facts needed
 * to connect ({@link dev.ostiary.platform.store.embedded.DatabaseAccess}) and nothing else. Knows
 * no schema and no org. Whoever uses a PostgreSQL of their own never comes here.
 */
@NullMarked
package dev.ostiary.platform.store.embedded;

import org.jspecify.annotations.NullMarked;
