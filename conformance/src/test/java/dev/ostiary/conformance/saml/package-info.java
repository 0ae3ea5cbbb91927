/** SAML 2.0 as browsers carry it between services and the server: over HTTPS, in raw XML. */
@NullMarked
package dev.ostiary.conformance.saml;

import org.jspecify.annotations.NullMarked;
