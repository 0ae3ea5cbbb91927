/**
 * YubiKeys that make one-time passwords: the list of keys that an org has uploaded, each with its
 * seed, and what a password says (tag UserFactor, "YubiKey OTP tokens").
 *
 * <p>States: a key is UNASSIGNED until a user enrols it, ACTIVE as long as that factor is there,
 * and REVOKED afterwards; whoever uploads it anew begins anew. Nothing of that is stored: a key
 * whose factor is gone is revoked.
 *
 * <p>Boundary: enrolling and verifying are the factors'. A seed is encrypted at rest and never
 * shown.
 */
@NullMarked
package dev.ostiary.server.signin.yubikeys;

import org.jspecify.annotations.NullMarked;
