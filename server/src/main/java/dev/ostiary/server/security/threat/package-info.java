/**
 * How an org protects itself against attacks: ThreatInsight, lockout of unknown devices, the order
 * of authenticators, bots. Each is one object of settings that every org has, and that has no row
 * until somebody changes it.
 *
 * <p>Boundary: what an org has chosen. Sign-in asks here and does it.
 */
@NullMarked
package dev.ostiary.server.security.threat;

import org.jspecify.annotations.NullMarked;
