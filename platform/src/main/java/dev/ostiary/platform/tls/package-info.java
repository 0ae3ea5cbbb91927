/**
 * HTTPS from the first start: a local certificate authority, the server's certificates of it or the
 * operator's own, and their exchange while the server runs.
 *
 * <p>Boundary: the only place that makes certificates, and the only one that knows Bouncy Castle's
 * PKI. Knows hosts by name, not orgs; hands out an {@link javax.net.ssl.SSLContext}, listens
 * nowhere.
 */
@NullMarked
package dev.ostiary.platform.tls;

import org.jspecify.annotations.NullMarked;
