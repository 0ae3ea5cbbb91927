/**
 * Network zones: perimeters of addresses (IP) or of places, networks and services (dynamic), which
 * guide policies, name trusted proxies, limit API tokens and block requests.
 *
 * <p>States: ACTIVE or INACTIVE; an inactive zone matches nothing. An active one, one that is used,
 * and the four system zones cannot be deleted. Oddities: the system zones are there before anybody
 * touches them, without rows; only then they get one. Conditions of different kinds in a dynamic
 * zone must all hold, of the values of one kind any; a condition on something that no database of
 * the operator knows never holds, and then the zone matches nothing, however its other conditions
 * end.
 */
@NullMarked
package dev.ostiary.server.security.zones;

import org.jspecify.annotations.NullMarked;
