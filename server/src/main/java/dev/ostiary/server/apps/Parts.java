package dev.ostiary.server.apps;

import static dev.ostiary.server.apps.Form.flag;
import static dev.ostiary.server.apps.Form.many;
import static dev.ostiary.server.apps.Form.member;
import static dev.ostiary.server.apps.Form.part;
import static dev.ostiary.server.apps.Form.text;
import static dev.ostiary.server.apps.Form.word;

import java.util.List;

/** The parts that apps of all modes have (Apps API, "Application object"; WIRE). */
final class Parts {

    private Parts() {}

    static final Form ACCESSIBILITY =
            Form.of(
                    flag("selfService"),
                    text("errorRedirectUrl", 1024).orNull(),
                    text("loginRedirectUrl", 1024).orNull());

    static final Form NOTIFICATIONS =
            Form.of(
                    part(
                            "vpn",
                            Form.of(
                                    part(
                                            "network",
                                            Form.of(
                                                    word(
                                                                    "connection",
                                                                    "DISABLED",
                                                                    "ANYWHERE",
                                                                    "ON_NETWORK",
                                                                    "OFF_NETWORK")
                                                            .or("DISABLED"))),
                                    text("message", 4096).orNull(),
                                    text("helpUrl", 1024).orNull())));

    static final Form NOTES = Form.of(text("admin").orNull(), text("enduser").orNull());

    static final Form USER_NAME_TEMPLATE =
            Form.of(
                    text("template", 1024).or("${source.login}"),
                    word("type", "NONE", "BUILT_IN", "CUSTOM").or("BUILT_IN"),
                    text("userSuffix", 100),
                    word("pushStatus", "PUSH", "DONT_PUSH", "NOT_CONFIGURED"));

    /** Who sets a name and a password for an app that keeps them. */
    static final List<String> SCHEMES =
            List.of(
                    "EDIT_USERNAME_AND_PASSWORD",
                    "ADMIN_SETS_CREDENTIALS",
                    "EDIT_PASSWORD_ONLY",
                    "EXTERNAL_PASSWORD_SYNC",
                    "SHARED_USERNAME_AND_PASSWORD");

    /** The scheme under which all users of an app share one name and one password. */
    static final String SHARED = "SHARED_USERNAME_AND_PASSWORD";

    /** Where an app has hidden itself from users. */
    static Form hide(boolean standard) {
        return Form.of(flag("iOS").or(standard), flag("web").or(standard));
    }

    private static final Form ATTRIBUTE_STATEMENT =
            Form.of(
                    word("type", "EXPRESSION", "GROUP").or("EXPRESSION"),
                    text("name", 512).needed(),
                    word(
                                    "namespace",
                                    "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified",
                                    "urn:oasis:names:tc:SAML:2.0:attrname-format:basic",
                                    "urn:oasis:names:tc:SAML:2.0:attrname-format:uri")
                            .or("urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified"),
                    member("values", new Kind.Many(new Kind.Text(4096), 100)),
                    word("filterType", "STARTS_WITH", "EQUALS", "CONTAINS", "REGEX"),
                    text("filterValue", 1024));

    private static final Form SERVICE_CERTIFICATE = Form.of(many("x5c", new Kind.Text(16_384), 1));

    /** What a SAML app of the org's own says of sign-on ("Add custom SAML application"). */
    static final Form CUSTOM_SAML =
            Form.of(
                    member("defaultRelayState", new Kind.Clearable(1024)).orNull(),
                    text("ssoAcsUrl", 1024),
                    text("idpIssuer", 1024).or("http://www.okta.com/${org.externalKey}"),
                    text("audience", 1024),
                    text("recipient", 1024),
                    text("destination", 1024),
                    text("subjectNameIdTemplate", 1024),
                    word(
                            "subjectNameIdFormat",
                            "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
                            "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
                            "urn:oasis:names:tc:SAML:1.1:nameid-format:x509SubjectName",
                            "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                            "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
                    flag("responseSigned").or(true),
                    flag("assertionSigned").or(true),
                    word("signatureAlgorithm", "RSA_SHA256", "RSA_SHA1"),
                    word("digestAlgorithm", "SHA256", "SHA1"),
                    flag("honorForceAuthn").or(true),
                    word(
                            "authnContextClassRef",
                            "urn:federation:authentication:windows",
                            "oasis:names:tc:SAML:2.0:ac:classes:Kerberos",
                            "urn:oasis:names:tc:SAML:2.0:ac:classes:Kerberos",
                            "urn:oasis:names:tc:SAML:2.0:ac:classes:Password",
                            "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
                            "urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient",
                            "urn:oasis:names:tc:SAML:2.0:ac:classes:X509",
                            "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified"),
                    text("spIssuer", 1024).orNull(),
                    flag("requestCompressed"),
                    many("attributeStatements", new Kind.Part(ATTRIBUTE_STATEMENT), 1000),
                    many("inlineHooks", new Kind.Part(Form.of(text("id", 20).needed())), 1),
                    flag("allowMultipleAcsEndpoints"),
                    many(
                            "acsEndpoints",
                            new Kind.Part(
                                    Form.of(
                                            text("url", 1024).needed(),
                                            Form.whole("index", 0, 65_535).needed())),
                            100),
                    flag("samlSignedRequestEnabled"),
                    part(
                            "slo",
                            Form.of(
                                    flag("enabled"),
                                    text("issuer", 1024),
                                    text("spIssuer", 1024),
                                    text("logoutUrl", 1024))),
                    member("spCertificate", new Kind.Part(SERVICE_CERTIFICATE)),
                    part(
                            "participateSlo",
                            Form.of(
                                    flag("enabled"),
                                    text("logoutRequestUrl", 1024),
                                    member("sessionIndexRequired", new Kind.Flag()),
                                    word("bindingType", "POST", "REDIRECT"))),
                    part(
                            "assertionEncryption",
                            Form.of(
                                    flag("enabled"),
                                    word("keyTransportAlgorithm", "RSA_OAEP", "RSA_15"),
                                    word(
                                            "encryptionAlgorithm",
                                            "AES128_CBC",
                                            "AES256_CBC",
                                            "AES128_GCM",
                                            "AES256_GCM"),
                                    member("x5c", new Kind.Many(new Kind.Text(16_384), 1)))),
                    Form.whole("samlAssertionLifetimeSeconds", 1, 604_800).or(300));

    /** What an app of the catalogue may say: overrides of what its definition says. */
    static final Form CATALOGUE_SAML =
            Form.of(
                            member("defaultRelayState", new Kind.Clearable(1024)).orNull(),
                            text("ssoAcsUrlOverride", 1024).orNull(),
                            text("audienceOverride", 1024).orNull(),
                            text("recipientOverride", 1024).orNull(),
                            text("destinationOverride", 1024).orNull(),
                            many("attributeStatements", new Kind.Part(ATTRIBUTE_STATEMENT), 1000))
                    .andOthers();

    /** As {@link #CATALOGUE_SAML}; the older protocol knows less. */
    static final Form CATALOGUE_SAML_1_1 =
            Form.of(
                            member("defaultRelayState", new Kind.Clearable(1024)).orNull(),
                            text("ssoAcsUrlOverride", 1024).orNull(),
                            text("audienceOverride", 1024).orNull(),
                            text("recipientOverride", 1024).orNull())
                    .andOthers();

    static final Form CUSTOM_LOGIN =
            Form.of(Form.url("loginUrl").needed(), text("redirectUrl", 1024).orNull());
}
