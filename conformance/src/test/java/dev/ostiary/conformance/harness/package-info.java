/**
 * What every suite stands on: the server as a process, its orgs, and clients that speak to it.
 *
 * <p>Boundary: knows the launcher, the files that a first start leaves and the API; none of the
 * server's classes.
 */
@NullMarked
package dev.ostiary.conformance.harness;

import org.jspecify.annotations.NullMarked;
