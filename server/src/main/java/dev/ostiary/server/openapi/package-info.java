/**
 * The description of the API that this server answers ({@code GET /ostiary/v1/openapi.json}),
 * written from the contract's tables and from the shapes that the bindings name.
 *
 * <p>Boundary: describes what is bound, and decides nothing.
 */
@NullMarked
package dev.ostiary.server.openapi;

import org.jspecify.annotations.NullMarked;
