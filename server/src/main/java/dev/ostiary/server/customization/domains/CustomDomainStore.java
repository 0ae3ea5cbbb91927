package dev.ostiary.server.customization.domains;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.customization.domains.CustomDomain.Certificate;
import dev.ostiary.server.customization.domains.CustomDomain.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of kind {@code customDomain}, and the rows of {@code custom_host}: a host that its
 * org has proven, which no other org can have at the same time, and the certificate it is served
 * with.
 */
final class CustomDomainStore {

    private static final Documents DOCUMENTS = new Documents("customDomain");
    private static final Sql BY_AGE = SortKey.id("d.id", Direction.ASC).value().expression();

    /**
     * A proven host with a certificate.
     *
     * @param org number of the org
     * @param orgName its name
     * @param domainId id of the domain, under which the key is sealed
     * @param certificate PEM
     * @param chain PEM, maybe empty
     * @param sealedKey the key in PEM form, sealed
     */
    record Served(
            long org,
            String orgName,
            String domainId,
            String certificate,
            String chain,
            byte[] sealedKey) {}

    CustomDomain require(Reader reader, String id) {
        return DOCUMENTS.get(reader, id).map(CustomDomainStore::read).orElseThrow(this::unknown);
    }

    /** The row, to be held until the end of the transaction. */
    CustomDomain lock(Tx tx, String id) {
        return DOCUMENTS.lock(tx, id).map(CustomDomainStore::read).orElseThrow(this::unknown);
    }

    List<CustomDomain> all(Reader reader, int most) {
        return DOCUMENTS.find(reader, Sql.of("TRUE"), BY_AGE, most).stream()
                .map(CustomDomainStore::read)
                .toList();
    }

    /** The org's own domain of this name, however far it has come. */
    Optional<CustomDomain> byName(Reader reader, String host) {
        return DOCUMENTS.find(reader, Sql.of("d.body ->> 'domain' = ?", host), BY_AGE, 1).stream()
                .map(CustomDomainStore::read)
                .findFirst();
    }

    void insert(Tx tx, CustomDomain domain) {
        DOCUMENTS.insert(tx, domain.id(), body(domain), domain.created());
    }

    /** Writes a row that is {@linkplain #lock held}. */
    void update(Tx tx, CustomDomain domain) {
        DOCUMENTS.put(tx, domain.id(), body(domain), domain.lastUpdated());
    }

    void delete(Tx tx, CustomDomain domain) {
        tx.run(
                Sql.of(
                        "DELETE FROM custom_host WHERE org_id = ? AND host = ?",
                        tx.org(),
                        domain.domain()));
        DOCUMENTS.delete(tx, domain.id());
    }

    /** Whether an org, whichever, has proven a host: for transactions that see all. */
    static boolean isProven(Reader reader, String host) {
        return reader.one(
                        Sql.of("SELECT 1 AS one FROM custom_host WHERE host = ?", host),
                        row -> row.number("one"))
                .isPresent();
    }

    /** Takes a host; a {@code UniqueViolation} of {@code custom_host_pk} if another org has it. */
    void claim(Tx tx, CustomDomain domain) {
        tx.run(
                Sql.of(
                        "INSERT INTO custom_host (host, org_id, domain_id) VALUES (?, ?, ?)",
                        domain.domain(),
                        tx.org(),
                        domain.id()));
    }

    /** Gives a host that the org has a certificate. */
    void serve(Tx tx, CustomDomain domain, String certificate, String chain, byte[] sealedKey) {
        tx.run(
                Sql.of(
                        "UPDATE custom_host SET certificate = ?, chain = ?, sealed_key = ?"
                                + " WHERE org_id = ? AND host = ?",
                        certificate,
                        chain,
                        sealedKey,
                        tx.org(),
                        domain.domain()));
    }

    /** The first of an org's hosts that are served. */
    static Optional<String> firstServed(Reader reader) {
        return reader.one(
                Sql.of(
                        """
                        SELECT h.host FROM custom_host h
                        WHERE h.org_id = ? AND h.certificate IS NOT NULL
                        ORDER BY h.host LIMIT 1""",
                        reader.org()),
                row -> row.text("host"));
    }

    /** The host that is served for some org: for transactions that see all. */
    static Optional<Served> served(Reader reader, String host) {
        return reader.one(
                Sql.of(
                        """
                        SELECT h.org_id, o.name, h.domain_id, h.certificate, h.chain, h.sealed_key
                        FROM custom_host h JOIN org o ON o.org_id = h.org_id AND o.status = 'ACTIVE'
                        WHERE h.host = ? AND h.certificate IS NOT NULL""",
                        host),
                row ->
                        new Served(
                                row.number("org_id"),
                                row.text("name"),
                                row.text("domain_id"),
                                row.text("certificate"),
                                row.text("chain"),
                                row.bytes("sealed_key")));
    }

    private static dev.ostiary.platform.store.Json body(CustomDomain domain) {
        byte[] text =
                Json.bytes(
                        out -> {
                            out.writeStartObject();
                            out.writeStringProperty("domain", domain.domain());
                            out.writeStringProperty("status", domain.status().name());
                            out.writeStringProperty("proof", domain.proof());
                            if (domain.brandId() != null) {
                                out.writeStringProperty("brandId", domain.brandId());
                            }
                            Certificate certificate = domain.certificate();
                            if (certificate != null) {
                                out.writeStringProperty("subject", certificate.subject());
                                out.writeStringProperty("fingerprint", certificate.fingerprint());
                                out.writeStringProperty(
                                        "expiration", Dates.text(certificate.expiration()));
                            }
                            out.writeEndObject();
                        });
        return dev.ostiary.platform.store.Json.ofUtf8(text);
    }

    private static CustomDomain read(Document document) {
        ObjectNode body = Json.object(document.body());
        return new CustomDomain(
                document.id(),
                body.path("domain").asString(),
                Status.valueOf(body.path("status").asString()),
                body.path("proof").asString(),
                body.path("brandId").asString(null),
                certificate(body),
                document.created(),
                document.lastUpdated());
    }

    private static @Nullable Certificate certificate(JsonNode body) {
        return body.has("fingerprint")
                ? new Certificate(
                        body.path("subject").asString(),
                        body.path("fingerprint").asString(),
                        Instant.parse(body.path("expiration").asString()))
                : null;
    }

    private ApiException unknown() {
        return ApiException.of("E0000163")
                .because("Could not find custom domain with the given id.");
    }
}
