/**
 * The endpoints at which clients get tokens, ask what they are and give them back.
 *
 * <p>A token request goes through the phases of {@link
 * dev.ostiary.server.oauth.grants.TokenEndpoint}, which no grant can leave out: the form, the
 * client, the grant type, the proof of possession, what the grant says, the access policy, the
 * tokens, and one transaction that writes all of it. A {@linkplain
 * dev.ostiary.server.oauth.grants.Grant grant} only says for whom tokens are asked for, and with
 * which scopes.
 *
 * <p>Source: OpenID Connect API, {@code /token}, {@code /introspect}, {@code /revoke}; RFC 6749,
 * 7009 and 7662.
 */
@NullMarked
package dev.ostiary.server.oauth.grants;

import org.jspecify.annotations.NullMarked;
