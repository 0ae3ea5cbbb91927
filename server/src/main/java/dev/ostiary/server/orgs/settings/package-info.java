/**
 * What administrators say of their org: name and address, contacts, preferences, and switches. Each
 * is an object that every org has, and that has no row until somebody changes it.
 *
 * <p>Oddity: the published catalogue has no type of event for most of these changes; the log says
 * {@code support.org.update}, the one for configuration of an org.
 *
 * <p>Boundary: keeps and shows. What acts on a switch asks for it here.
 */
@NullMarked
package dev.ostiary.server.orgs.settings;

import org.jspecify.annotations.NullMarked;
