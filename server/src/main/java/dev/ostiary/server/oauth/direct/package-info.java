/**
 * The endpoints at which clients have their users asked: for a first factor ({@code
 * /primary-authenticate}), for a further one ({@code /challenge}), and on the backchannel ({@code
 * /bc/authorize}).
 *
 * <p>Boundary: the grants by which clients come for tokens then belong to {@code oauth.grants};
 * what a factor is, and how it is proven, is the affair of {@code signin}.
 *
 * <p>Source: OpenID Connect API; guides "Configure Direct authentication grants" and "Transactional
 * verification using CIBA"; OpenID Connect Client-Initiated Backchannel Authentication Core 1.0.
 */
@NullMarked
package dev.ostiary.server.oauth.direct;

import org.jspecify.annotations.NullMarked;
