/**
 * Proofs of possession (RFC 9449): that whoever asks for a token or shows one holds the key that it
 * is bound to.
 *
 * <p>Boundary: judges proofs; what is bound to a key is the affair of those who issue tokens and of
 * those who take them.
 */
@NullMarked
package dev.ostiary.server.oauth.dpop;

import org.jspecify.annotations.NullMarked;
