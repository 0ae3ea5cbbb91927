/**
 * The SAML 2.0 identity provider for apps: users who are signed in are told to services by signed
 * assertions, whether the service asks (SP-initiated) or the user opens the app (IdP-initiated).
 *
 * <p>Apps of SAML 1.1 and WS-Federation are served by the same assertions, in the older writing or
 * in another wrapping.
 *
 * <p>Sources: SAML 2.0 Core, Bindings and Profiles (OASIS, March 2005), their errata, and "SAML app
 * integrations" of the original. XML is only ever read by {@link
 * dev.ostiary.server.federation.saml.XmlDocuments}, signed by the JDK and encrypted by Apache
 * Santuario.
 */
@NullMarked
package dev.ostiary.server.federation.saml;

import org.jspecify.annotations.NullMarked;
