/**
 * What apps prove themselves with, and sign with: X.509 key credentials and the requests for
 * certificates of others, secrets and public keys of OAuth clients, SAML metadata.
 *
 * <p>States: a signing key is there or not; secrets and public keys are ACTIVE or INACTIVE, and
 * only an inactive one can be deleted; a request for a certificate ends with its publication.
 *
 * <p>Oddities: an app's first key has a name before there is a key ({@code SigningKeys}).
 */
@NullMarked
package dev.ostiary.server.apps.credentials;

import org.jspecify.annotations.NullMarked;
