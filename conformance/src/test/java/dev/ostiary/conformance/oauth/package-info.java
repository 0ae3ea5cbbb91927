/** Authorization servers as clients and resource servers meet them: over HTTPS, in raw JSON. */
@NullMarked
package dev.ostiary.conformance.oauth;

import org.jspecify.annotations.NullMarked;
