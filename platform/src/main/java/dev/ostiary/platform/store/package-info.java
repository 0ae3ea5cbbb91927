/**
 * The way to PostgreSQL: connections that know their org, transactions that carry their events,
 * migrations, and the mechanics that rows of small families share.
 *
 * <p>Boundary: knows SQL and orgs by number, no family. Only classes named {@code …Store} and this
 * package hold SQL.
 */
@NullMarked
package dev.ostiary.platform.store;

import org.jspecify.annotations.NullMarked;
