/**
 * Who is calling, as far as the request itself says: address and chain of proxies, user agent,
 * language, device (P13 to P16).
 *
 * <p>Boundary: reads header texts and addresses, knows no HTTP server, no zone and no policy; which
 * proxies an org trusts is a question that the caller brings along. Everything that is read here
 * was written by a stranger: it is bounded, and none of it makes a request fail.
 */
@NullMarked
package dev.ostiary.platform.context;

import org.jspecify.annotations.NullMarked;
