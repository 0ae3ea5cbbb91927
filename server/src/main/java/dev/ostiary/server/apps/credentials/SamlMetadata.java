package dev.ostiary.server.apps.credentials;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.SignOnMode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The tag ApplicationSSO: what an identity provider says of itself to a service (SAML 2.0 Metadata,
 * 2.4.3), with the certificate that the app signs with.
 */
public final class SamlMetadata implements Family {

    /** What the published description calls it. */
    public static final String XML = "text/xml";

    private final Database database;
    private final AppStore apps;
    private final SigningKeys keys;

    public SamlMetadata(Database database, AppStore apps, SigningKeys keys) {
        this.database = database;
        this.apps = apps;
        this.keys = keys;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("previewSAMLmetadataForApplication", this::preview)
                        .answersAs(XML)
                        .alsoAnswersAs(XML, "application/xml", "application/samlmetadata+xml"));
    }

    private Reply preview(Request request) {
        Org org = request.org();
        App app =
                database.read(
                        org.number(),
                        reader -> apps.require(reader, org, request.variable("appId")));
        if (!app.mode().hasMetadata()) {
            throw ApiException.of("E0000024");
        }
        return request.query()
                .text("kid")
                .map(kid -> reply(request, app, keys.require(org, app, kid)))
                .orElseGet(() -> of(request, app));
    }

    /** The metadata of an app that {@linkplain SignOnMode#hasMetadata has some}. */
    public Reply of(Request request, App app) {
        return reply(request, app, keys.current(request.org(), app).orElseThrow());
    }

    private static Reply reply(Request request, App app, SigningKey key) {
        return Reply.text(
                200,
                XML + ";charset=utf-8",
                of(request, app, key).getBytes(StandardCharsets.UTF_8));
    }

    /** Every part of it is an id, a name or base64: nothing needs an escape. */
    private static String of(Request request, App app, SigningKey key) {
        String entity = app.externalKey();
        String place = "%s/app/%s/%s/sso/saml".formatted(request.baseUrl(), app.name(), entity);
        return """
               <?xml version="1.0" encoding="UTF-8"?>\
               <md:EntityDescriptor entityID="http://www.okta.com/%1$s"\
                xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">\
               <md:IDPSSODescriptor WantAuthnRequestsSigned="%2$s"\
                protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">\
               <md:KeyDescriptor use="signing">\
               <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>\
               <ds:X509Certificate>%3$s</ds:X509Certificate>\
               </ds:X509Data></ds:KeyInfo></md:KeyDescriptor>%5$s\
               <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified\
               </md:NameIDFormat>\
               <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\
               </md:NameIDFormat>\
               <md:SingleSignOnService\
                Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="%4$s"/>\
               <md:SingleSignOnService\
                Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="%4$s"/>\
               </md:IDPSSODescriptor></md:EntityDescriptor>"""
                .formatted(
                        entity,
                        app.document()
                                .at("/settings/signOn/samlSignedRequestEnabled")
                                .asBoolean(false),
                        key.base64(),
                        place,
                        logout(app, place));
    }

    /** Where a service that may do so asks for the end of a session. */
    private static String logout(App app, String place) {
        return app.document().at("/settings/signOn/slo/enabled").asBoolean(false)
                ? """
                  <md:SingleLogoutService\
                   Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="%1$s"/>\
                  <md:SingleLogoutService\
                   Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="%1$s"/>"""
                        .formatted(place.replace("/sso/saml", "/slo/saml"))
                : "";
    }
}
