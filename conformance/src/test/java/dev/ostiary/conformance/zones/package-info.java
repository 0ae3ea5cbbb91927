/**
 * Where requests come from: zones, proxies and block lists, over HTTPS behind a trusted proxy.
 *
 * <p>Boundary: knows the server from outside only.
 */
@NullMarked
package dev.ostiary.conformance.zones;

import org.jspecify.annotations.NullMarked;
