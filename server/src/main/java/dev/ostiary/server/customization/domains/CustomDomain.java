package dev.ostiary.server.customization.domains;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.customization.brands.BrandIds;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A host that an org wants to be reached by. Immutable.
 *
 * @param id {@code OcD…}
 * @param domain the host, in ASCII and lower case
 * @param status how far it has come
 * @param proof what the TXT record must hold
 * @param brandId the brand that it shows; null for the default one
 * @param certificate what is known of the certificate; null before there is one
 */
record CustomDomain(
        String id,
        String domain,
        Status status,
        String proof,
        @Nullable String brandId,
        @Nullable Certificate certificate,
        Instant created,
        Instant lastUpdated) {

    private static final String[] METHODS = {"GET", "PUT", "DELETE"};

    /** As the wire has it. */
    enum Status {
        NOT_STARTED,
        IN_PROGRESS,
        VERIFIED,
        COMPLETED;

        /** Whether the org has proven that the host is its own. */
        boolean isProven() {
            return this == VERIFIED || this == COMPLETED;
        }
    }

    /**
     * What is public of a certificate.
     *
     * @param subject as RFC 2253 writes it
     * @param fingerprint SHA-256, in pairs of hex digits with colons
     */
    record Certificate(String subject, String fingerprint, Instant expiration) {}

    CustomDomain with(Status reached, Instant now) {
        return new CustomDomain(id, domain, reached, proof, brandId, certificate, created, now);
    }

    CustomDomain with(Certificate brought, Instant now) {
        return new CustomDomain(
                id, domain, Status.COMPLETED, proof, brandId, brought, created, now);
    }

    CustomDomain showing(String brand, Instant now) {
        return new CustomDomain(id, domain, status, proof, brand, certificate, created, now);
    }

    /** The brand that it shows, the default one unless it was given another. */
    String brandIn(Org org) {
        return brandId == null ? BrandIds.ofDefault(org) : brandId;
    }

    /** What {@link #writeListed} writes. */
    static final Schema.Fields LISTED =
            Schema.object("CustomDomainInList")
                    .always("id", Schema.TEXT)
                    .always("domain", Schema.TEXT)
                    .always("brandId", Schema.TEXT)
                    .always("certificateSourceType", Schema.words("MANUAL"))
                    .always("validationStatus", Schema.words(Status.values()))
                    .always("_links", Links.SCHEMA);

    /** What {@link #write} writes. */
    static final Schema SCHEMA =
            LISTED.named("CustomDomain")
                    .always(
                            "dnsRecords",
                            Schema.list(
                                    Schema.object("DnsRecord")
                                            .always("recordType", Schema.words("TXT", "CNAME"))
                                            .always("fqdn", Schema.TEXT)
                                            .always("values", Schema.list(Schema.TEXT))))
                    .maybe(
                            "publicCertificate",
                            Schema.object()
                                    .always("subject", Schema.TEXT)
                                    .always("fingerprint", Schema.TEXT)
                                    .always("expiration", Schema.MOMENT));

    /** The name under which the TXT record stands. */
    String proofName() {
        return "_oktaverification." + domain;
    }

    /**
     * Writes all of it.
     *
     * @param orgHost the host that the domain is to be an alias of
     */
    void write(JsonGenerator out, Org org, String baseUrl, String orgHost) {
        out.writeStartObject();
        head(out, org);
        out.writeArrayPropertyStart("dnsRecords");
        record(out, "TXT", proofName(), proof);
        record(out, "CNAME", domain, orgHost);
        out.writeEndArray();
        if (certificate != null) {
            out.writeObjectPropertyStart("publicCertificate");
            out.writeStringProperty("subject", certificate.subject());
            out.writeStringProperty("fingerprint", certificate.fingerprint());
            out.writeStringProperty("expiration", Dates.text(certificate.expiration()));
            out.writeEndObject();
        }
        links(baseUrl).write(out);
        out.writeEndObject();
    }

    /** Writes what stands in the list. */
    void writeListed(JsonGenerator out, Org org, String baseUrl) {
        out.writeStartObject();
        head(out, org);
        new Links().hinted("self", url(baseUrl), METHODS).write(out);
        out.writeEndObject();
    }

    private void head(JsonGenerator out, Org org) {
        out.writeStringProperty("id", id);
        out.writeStringProperty("domain", domain);
        out.writeStringProperty("brandId", brandIn(org));
        out.writeStringProperty("certificateSourceType", "MANUAL");
        out.writeStringProperty("validationStatus", status.name());
    }

    private static void record(JsonGenerator out, String type, String name, String value) {
        out.writeStartObject();
        out.writeStringProperty("recordType", type);
        out.writeStringProperty("fqdn", name);
        out.writeArrayPropertyStart("values");
        out.writeString(value);
        out.writeEndArray();
        out.writeEndObject();
    }

    /** As documented for each status: what it forbids is not published (P31). */
    private Links links(String baseUrl) {
        String self = url(baseUrl);
        Links links = new Links().hinted("self", self, METHODS);
        if (status.isProven()) {
            links.hinted("certificate", self + "/certificate", "PUT");
        }
        return status == Status.VERIFIED ? links : links.hinted("verify", self + "/verify", "POST");
    }

    private String url(String baseUrl) {
        return baseUrl + "/api/v1/domains/" + id;
    }

    /** How events name it (CustomDomainResourceDetails). */
    Target target() {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("customDomainName", domain);
        details.put("customDomainStatus", status.name());
        details.put("customDomainCertificateSourceType", "CUSTOMER_PROVIDED");
        return new Target(id, "CustomDomain", domain, domain, details);
    }
}
