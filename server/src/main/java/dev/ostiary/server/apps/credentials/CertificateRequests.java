package dev.ostiary.server.apps.credentials;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.credentials.SigningKeyStore.Pending;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * The operations of the tag ApplicationSSOCredentialKey that are about certificates which somebody
 * else signs (RFC 2986).
 */
public final class CertificateRequests implements Family {

    private static final String TYPE = "CertificateSigningRequest";
    private static final String PKCS_10 = "application/pkcs10";
    private static final int ID_LENGTH = 43;

    /** More wait for nobody. */
    private static final int MOST = 100;

    private static final Duration SHORTEST = Duration.ofDays(90);

    private static final Schema SCHEMA =
            Schema.object("AppCertificateRequest")
                    .always("id", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("csr", Schema.TEXT)
                    .always("kty", Schema.words("RSA"))
                    .always("_links", Links.SCHEMA);

    private final Database database;
    private final AppStore apps;
    private final AppEvents events;
    private final SigningKeys keys;
    private final Tokens tokens;

    public CertificateRequests(
            Database database, AppStore apps, AppEvents events, SigningKeys keys, Tokens tokens) {
        this.database = database;
        this.apps = apps;
        this.events = events;
        this.keys = keys;
        this.tokens = tokens;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listCsrsForApplication", this::list).answersMany(SCHEMA),
                Binding.of("generateCsrForApplication", this::generate)
                        .takes(CertificateSubject.SHAPE)
                        .answers(SCHEMA)
                        .alsoAnswersAs(PKCS_10),
                Binding.of("getCsrForApplication", this::get)
                        .answers(SCHEMA)
                        .alsoAnswersAs(PKCS_10),
                Binding.of("revokeCsrFromApplication", this::revoke),
                Binding.of("publishCsrFromApplication", this::publish)
                        .alsoTakes("application/x-x509-ca-cert")
                        .alsoTakes("application/pkix-cert")
                        .alsoTakes("application/x-pem-file")
                        .answers(SigningKey.SCHEMA));
    }

    private Reply list(Request request) {
        Org org = request.org();
        List<Pending> pending =
                database.read(
                        org.number(),
                        reader ->
                                keys.store()
                                        .pending(
                                                reader,
                                                apps.require(reader, org, id(request)).id()));
        return Reply.list(pending, (each, out) -> write(out, request, each));
    }

    private Reply generate(Request request) {
        Org org = request.org();
        CertificateSubject subject = request.body(CertificateSubject.SHAPE);
        database.read(org.number(), reader -> apps.require(reader, org, id(request)));
        KeyMaker.Requested made = keys.maker().request(subject.name(), subject.dnsNames());
        String csrId = tokens.urlSafe(ID_LENGTH);
        Pending pending =
                new Pending(
                        csrId,
                        made.request(),
                        keys.store().seal(org.number(), csrId, made.privateKey()),
                        keys.now());
        database.write(
                org.number(),
                tx -> {
                    App held = apps.held(tx, org, id(request), AppStore.Lock.ALL);
                    if (keys.store().pending(tx, held.id()).size() >= MOST) {
                        throw ApiException.validation(
                                "csr", "An app has at most " + MOST + " pending requests.");
                    }
                    keys.store().insert(tx, held.id(), pending);
                    tx.emit(
                            events.of("app.app_instance.csr.generate", held)
                                    .target(csrId, TYPE, null, csrId));
                    return pending;
                });
        return answer(request, 201, pending).with("Location", self(request, pending));
    }

    private Reply get(Request request) {
        Org org = request.org();
        Pending pending =
                database.read(
                        org.number(),
                        reader ->
                                keys.store()
                                        .pending(
                                                reader,
                                                apps.require(reader, org, id(request)).id(),
                                                csrId(request))
                                        .orElseThrow(() -> unknown(request)));
        return answer(request, 200, pending);
    }

    /** As JSON, or as what it is where the client asks for that. */
    private static Reply answer(Request request, int status, Pending pending) {
        if (request.header("Accept").orElse("").toLowerCase(Locale.ROOT).startsWith(PKCS_10)) {
            return Reply.text(
                            status,
                            PKCS_10 + "; filename=okta.p10",
                            base64(pending).getBytes(StandardCharsets.US_ASCII))
                    .with("Content-Transfer-Encoding", "base64");
        }
        return Reply.json(status, out -> write(out, request, pending));
    }

    private Reply revoke(Request request) {
        Org org = request.org();
        database.write(
                org.number(),
                tx -> {
                    App held = apps.held(tx, org, id(request), AppStore.Lock.STAYS);
                    if (!keys.store().deletePending(tx, held.id(), csrId(request))) {
                        throw unknown(request);
                    }
                    tx.emit(
                            events.of("app.app_instance.csr.revoke", held)
                                    .target(csrId(request), TYPE, null, csrId(request)));
                    return held;
                });
        return Reply.noContent();
    }

    private Reply publish(Request request) {
        Org org = request.org();
        Instant now = keys.now();
        SigningKey key =
                database.write(
                        org.number(),
                        tx -> {
                            App held = apps.held(tx, org, id(request), AppStore.Lock.ALL);
                            Pending pending =
                                    keys.store()
                                            .pending(tx, held.id(), csrId(request))
                                            .orElseThrow(() -> unknown(request));
                            X509Certificate certificate = PublishedCertificate.of(request);
                            PublishedCertificate.requireMatch(certificate, pending.request());
                            requireLasting(certificate, now);
                            SigningKey made =
                                    new SigningKey(
                                            pending.id(),
                                            PublishedCertificate.der(certificate),
                                            now,
                                            now,
                                            certificate.getNotAfter().toInstant());
                            keys.store().insert(tx, held.id(), made, pending.sealedKey());
                            keys.store().deletePending(tx, held.id(), pending.id());
                            tx.emit(
                                    events.of("app.app_instance.csr.publish", held)
                                            .target(pending.id(), TYPE, null, pending.id()));
                            return made;
                        });
        return AppKeys.created(request, id(request), key);
    }

    private static void requireLasting(X509Certificate certificate, Instant now) {
        if (certificate.getNotAfter().toInstant().isBefore(now.plus(SHORTEST))) {
            throw ApiException.validation(
                    "certificate", "The certificate's validity period is less than 90 days.");
        }
    }

    private static void write(JsonGenerator out, Request request, Pending pending) {
        out.writeStartObject();
        out.writeStringProperty("id", pending.id());
        out.writeStringProperty("created", Dates.text(pending.created()));
        out.writeStringProperty("csr", base64(pending));
        out.writeStringProperty("kty", "RSA");
        String self = self(request, pending);
        new Links()
                .hinted("self", self, "GET", "DELETE")
                .hinted("publish", self + "/lifecycle/publish", "POST")
                .write(out);
        out.writeEndObject();
    }

    private static String base64(Pending pending) {
        return Base64.getEncoder().encodeToString(pending.request());
    }

    private static String self(Request request, Pending pending) {
        return request.url("/api/v1/apps/" + id(request) + "/credentials/csrs/" + pending.id());
    }

    private static ApiException unknown(Request request) {
        return ApiException.notFound(csrId(request), TYPE);
    }

    private static String id(Request request) {
        return request.variable("appId");
    }

    private static String csrId(Request request) {
        String id = request.variable("csrId");
        if (!SigningKeys.isKid(id)) {
            throw ApiException.notFound(id, TYPE);
        }
        return id;
    }
}
