/**
 * What an org (a tenant) is, how it is found by host or port, and what it gives to everything
 * inside it: ids and settings. Time and randomness are always injected.
 *
 * <p>Boundary: knows no HTTP and no family; orgs are made and deleted in the server module.
 */
@NullMarked
package dev.ostiary.platform.org;

import org.jspecify.annotations.NullMarked;
