/**
 * <<<<<<< HEAD What an org (a tenant) is, how it is found by host or port, and what it gives to
 * everything inside it: time and ids.
 *
 * <p>Boundary: knows no HTTP and no family; orgs are made and deleted in the server module. =======
 * The org (tenant) and what every part of one shares: its ids, its clock, its settings.
 *
 * <p>Boundary: knows what an org is, not what it holds. Time and randomness are always injected.
 * >>>>>>> secret
 */
@NullMarked
package dev.ostiary.platform.org;

import org.jspecify.annotations.NullMarked;
