/**
 * Applications: what users sign in to, as an org has them. An app is one of a mode of sign-on
 * ({@link dev.ostiary.server.apps.SignOnMode}) and of a definition ({@code Definition}): a
 * template, one made for this org alone, or one of a catalogue whose settings nobody here knows.
 *
 * <p>States: ACTIVE and INACTIVE; only an inactive app can be deleted. The apps that every org has
 * are virtual ({@code BuiltInApps}): they have no rows and never change.
 *
 * <p>Boundary: knows the wire and the rows of apps, their secrets and their clients ({@link
 * dev.ostiary.server.apps.Clients}). Keys and certificates are made next door in {@code
 * credentials}, who is assigned stands in {@code assignments}.
 */
@NullMarked
package dev.ostiary.server.apps;

import org.jspecify.annotations.NullMarked;
