package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.signin.factors.SecurityKeyRules.Model;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model of security keys that an org knows (schema {@code CustomAAGUIDResponseObject}).
 * Immutable.
 *
 * @param aaguid names the model
 * @param body the rest, as {@link AaguidForm} reads it
 */
record Aaguid(UUID aaguid, ObjectNode body) {

    static final String TRAITS = "authenticatorCharacteristics";
    static final String ROOTS = "attestationRootCertificates";
    static final String CERTIFICATE = "x5c";

    static final Schema.Fields SCHEMA =
            Schema.object("CustomAaguid")
                    .always("aaguid", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .always(
                            TRAITS,
                            Schema.object()
                                    .always("platformAttached", Schema.BOOLEAN)
                                    .always("fipsCompliant", Schema.BOOLEAN)
                                    .always("hardwareProtected", Schema.BOOLEAN))
                    .always(
                            ROOTS,
                            Schema.list(
                                    Schema.object()
                                            .always(CERTIFICATE, Schema.TEXT)
                                            .always("x5t#S256", Schema.TEXT)
                                            .always("iss", Schema.TEXT)
                                            .always("exp", Schema.MOMENT)))
                    .always("_links", Links.SCHEMA);

    String name() {
        return body.path("name").asString("");
    }

    /** What is known of keys of the model. */
    Model model() {
        return new Model(
                name(),
                trait("platformAttached"),
                trait("fipsCompliant"),
                trait("hardwareProtected"),
                roots());
    }

    private boolean trait(String name) {
        return body.path(TRAITS).path(name).booleanValue();
    }

    private List<X509Certificate> roots() {
        List<X509Certificate> roots = new ArrayList<>();
        body.path(ROOTS).forEach(each -> roots.add(kept(each.path(CERTIFICATE).asString(""))));
        return roots;
    }

    private static X509Certificate kept(String text) {
        try {
            return certificate(text);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("a certificate was read when it was kept", e);
        }
    }

    /**
     * The certificate of a text of base 64, or of PEM.
     *
     * @throws IllegalArgumentException for what is neither
     */
    static X509Certificate certificate(String text) throws GeneralSecurityException {
        String inner = text.replaceAll("-----(BEGIN|END) CERTIFICATE-----", "");
        byte[] der = Base64.getDecoder().decode(inner.replaceAll("\\s", ""));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }

    void write(JsonGenerator out, String authenticator) {
        out.writeStartObject();
        out.writeStringProperty("aaguid", aaguid.toString());
        out.writeStringProperty("name", name());
        out.writeObjectPropertyStart(TRAITS);
        for (String trait : List.of("platformAttached", "fipsCompliant", "hardwareProtected")) {
            out.writeBooleanProperty(trait, trait(trait));
        }
        out.writeEndObject();
        out.writeArrayPropertyStart(ROOTS);
        roots().forEach(root -> root(out, root));
        out.writeEndArray();
        new Links()
                .hinted("self", authenticator + "/aaguids/" + aaguid, "GET", "PUT", "DELETE")
                .write(out);
        out.writeEndObject();
    }

    private static void root(JsonGenerator out, X509Certificate root) {
        try {
            byte[] der = root.getEncoded();
            byte[] print = MessageDigest.getInstance("SHA-256").digest(der);
            Instant end = root.getNotAfter().toInstant();
            out.writeStartObject();
            out.writeStringProperty(CERTIFICATE, Base64.getEncoder().encodeToString(der));
            out.writeStringProperty(
                    "x5t#S256", Base64.getUrlEncoder().withoutPadding().encodeToString(print));
            out.writeStringProperty("iss", root.getIssuerX500Principal().getName());
            out.writeStringProperty("exp", Dates.text(end));
            out.writeEndObject();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
