/**
 * Hook keys: pairs of RSA keys with which an org proves to an authorization server that it is one
 * of its hooks who asks for a token. The private half is made here, lies encrypted, and never
 * leaves.
 *
 * <p>Oddities: {@code isUsed} is documented as a text of a boolean, and sent as the boolean that
 * all official clients read; a key has two names of its own, {@code id} for the API and {@code
 * keyId}, the {@code kid} of the public half.
 *
 * <p>Boundary: keys and signatures. Which hook uses which key the inline hooks say.
 */
@NullMarked
package dev.ostiary.server.hooks.keys;

import org.jspecify.annotations.NullMarked;
