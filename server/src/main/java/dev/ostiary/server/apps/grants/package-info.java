/**
 * Which scopes of the API apps may ask for (ApplicationGrants), and the refresh tokens that they
 * hold (ApplicationTokens).
 */
@NullMarked
package dev.ostiary.server.apps.grants;

import org.jspecify.annotations.NullMarked;
