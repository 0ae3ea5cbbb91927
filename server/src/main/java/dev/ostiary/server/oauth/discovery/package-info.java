/**
 * What authorization servers tell everybody: their metadata and the keys that their tokens are
 * verified with, for the org's own server and for custom ones.
 *
 * <p>All of it is answered from memory, under the version of the org's configuration; a key is made
 * when somebody asks for it first.
 *
 * <p>Source: OpenID Connect API, {@code /.well-known/…} and {@code /keys}; RFC 8414; OpenID Connect
 * Discovery 1.0.
 */
@NullMarked
package dev.ostiary.server.oauth.discovery;

import org.jspecify.annotations.NullMarked;
