/** Rate limits of orgs, on PostgreSQL. */
@NullMarked
package dev.ostiary.server.limits;

import org.jspecify.annotations.NullMarked;
