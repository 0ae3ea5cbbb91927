/**
 * Trusted origins: the web sites that an org lets call its API from a browser (CORS), be redirected
 * to, and show its pages in a frame.
 *
 * <p>States: an origin is active or inactive; only an active one is trusted. Oddity: what is
 * compared is not the text that a client wrote, which is kept and shown, but the origin as a
 * browser writes it.
 *
 * <p>Boundary: which origins are listed, for what. The headers of cross-origin answers are the
 * Pipeline's.
 */
@NullMarked
package dev.ostiary.server.security.origins;

import org.jspecify.annotations.NullMarked;
