/**
 * Devices that users sign in from: what names one, which of them have proven a factor and so need
 * not prove it again at once, and what is counted against those that nobody knows.
 *
 * <p>Boundary: whether a device is asked again is the sign-on policy's affair. Every token is kept
 * as a hash.
 */
@NullMarked
package dev.ostiary.server.signin.devices;

import org.jspecify.annotations.NullMarked;
