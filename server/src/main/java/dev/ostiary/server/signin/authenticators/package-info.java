/**
 * Authenticators: what an org lets its users prove themselves with (tag Authenticator of the API).
 *
 * <p>States: an authenticator is active or inactive, and so is each of its methods; a factor can be
 * enrolled and used while both are active. Five are there from the beginning, as virtual ones until
 * somebody changes them; others are made, one of each key.
 *
 * <p>Oddities: the password is always in use by the default policy, so it is never deactivated.
 * Keys that stand for services of other companies answer 501.
 *
 * <p>Boundary: owns the documents of kind {@code authenticator}. What is enrolled is the factors'.
 */
@NullMarked
package dev.ostiary.server.signin.authenticators;

import org.jspecify.annotations.NullMarked;
