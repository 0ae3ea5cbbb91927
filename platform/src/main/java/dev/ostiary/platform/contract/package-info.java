/**
 * What the API publishes as fact: its operations, read from {@code contract/*.tsv}, and the way
 * from a path to one of them.
 *
 * <p>Boundary: says which operation a request names and what that operation asks for (scopes,
 * token, CORS); never what it does.
 */
@NullMarked
package dev.ostiary.platform.contract;

import org.jspecify.annotations.NullMarked;
