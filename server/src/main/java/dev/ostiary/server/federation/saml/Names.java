package dev.ostiary.server.federation.saml;

/** Names of SAML 2.0 that travel on the wire. */
final class Names {

    static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    static final String XML_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
    static final String XML_SCHEMA = "http://www.w3.org/2001/XMLSchema";
    static final String XML_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    static final String XMLNS = "http://www.w3.org/2000/xmlns/";

    static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    static final String ENTITY = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
    static final String UNSPECIFIED_NAME = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
    static final String PASSWORD_OVER_TLS =
            "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

    static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
    static final String RESPONDER = "urn:oasis:names:tc:SAML:2.0:status:Responder";
    static final String REQUESTER = "urn:oasis:names:tc:SAML:2.0:status:Requester";
    static final String UNKNOWN_PRINCIPAL = "urn:oasis:names:tc:SAML:2.0:status:UnknownPrincipal";
    static final String NO_AUTHN_CONTEXT = "urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext";
    static final String NO_PASSIVE = "urn:oasis:names:tc:SAML:2.0:status:NoPassive";

    private Names() {}
}
