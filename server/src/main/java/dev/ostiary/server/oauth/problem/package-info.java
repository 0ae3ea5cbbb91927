/**
 * Errors of OAuth endpoints, which have another form than those of the API (P19): {@code error} and
 * {@code error_description} (RFC 6749, 5.2). Their texts are a table of the contract, {@code
 * contract/oauth-errors.tsv}.
 *
 * <p>Boundary: knows no endpoint.
 */
@NullMarked
package dev.ostiary.server.oauth.problem;

import org.jspecify.annotations.NullMarked;
