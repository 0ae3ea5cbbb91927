package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Request;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.credentials.SigningKeys;

/**
 * What a service of WS-Federation reads of its identity provider (WS-Federation 1.2, 3.1).
 * Thread-safe.
 */
record PassiveMetadata(SigningKeys keys) {

    static final String XML = "text/xml";

    /** Every part of it is an id, a name or base64: nothing needs an escape. */
    String of(Request request, App app) {
        String place =
                "%s/app/%s/%s/sso/wsfed/passive"
                        .formatted(request.baseUrl(), app.name(), app.externalKey());
        return """
               <?xml version="1.0" encoding="UTF-8"?>\
               <md:EntityDescriptor entityID="http://www.okta.com/%1$s"\
                xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">\
               <md:RoleDescriptor xsi:type="fed:SecurityTokenServiceType"\
                protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706"\
                xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706"\
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
               <md:KeyDescriptor use="signing">\
               <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>\
               <ds:X509Certificate>%2$s</ds:X509Certificate>\
               </ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\
               <fed:PassiveRequestorEndpoint>\
               <wsa:EndpointReference xmlns:wsa="http://www.w3.org/2005/08/addressing">\
               <wsa:Address>%3$s</wsa:Address></wsa:EndpointReference>\
               </fed:PassiveRequestorEndpoint></md:RoleDescriptor></md:EntityDescriptor>"""
                .formatted(
                        app.externalKey(),
                        keys.current(request.org(), app).orElseThrow().base64(),
                        place);
    }
}
