package dev.ostiary.server.customization.domains;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.platform.store.Work;
import dev.ostiary.platform.tls.CustomCertificate;
import dev.ostiary.server.customization.brands.BrandDomains;
import dev.ostiary.server.customization.brands.BrandStore;
import dev.ostiary.server.customization.domains.CustomDomain.Certificate;
import dev.ostiary.server.customization.domains.CustomDomain.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The tag CustomDomain, and what brands are told of it. Thread-safe. */
public final class CustomDomains implements Family, BrandDomains {

    static final String SEALED_FIELD = "custom_host.sealed_key";

    /** As many as an org can have brands. */
    private static final int MOST = 200;

    private static final Set<String> TAKEN = Set.of("custom_domain_name", "custom_host_pk");

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final RandomGenerator random;
    private final EventCatalogue events;
    private final Sealed sealed;
    private final TxtRecords dns;
    private final CustomHosts hosts;
    private final BrandStore brands;
    private final String baseDomain;
    private final CustomDomainStore store = new CustomDomainStore();

    /**
     * @param random makes what a TXT record must hold; nobody can guess it
     * @param hosts forgets what it knows of a host that changes
     */
    public CustomDomains(
            Database database,
            Ids ids,
            InstantSource time,
            RandomGenerator random,
            EventCatalogue events,
            Sealed sealed,
            TxtRecords dns,
            CustomHosts hosts,
            BrandStore brands,
            String baseDomain) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.random = random;
        this.events = events;
        this.sealed = sealed;
        this.dns = dns;
        this.hosts = hosts;
        this.brands = brands;
        this.baseDomain = baseDomain;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listCustomDomains", this::list)
                        .answers(
                                Schema.object()
                                        .always("domains", Schema.list(CustomDomain.LISTED))),
                Binding.of("createCustomDomain", this::create)
                        .takes(Order.SHAPE)
                        .answers(CustomDomain.SCHEMA),
                Binding.of("getCustomDomain", this::get).answers(CustomDomain.SCHEMA),
                Binding.of("replaceCustomDomain", this::show)
                        .takes(Choice.SHAPE)
                        .answers(CustomDomain.SCHEMA),
                Binding.of("deleteCustomDomain", this::delete),
                Binding.of("upsertCertificate", this::certify).takes(CertificateOrder.SHAPE),
                Binding.of("verifyDomain", this::verify).answers(CustomDomain.SCHEMA));
    }

    private record Order(String domain) {
        private static final Shape<Order> SHAPE = shape();

        private static Shape<Order> shape() {
            Shape.Builder<Order> shape = Shape.of("domain");
            Field<Order, String> domain =
                    shape.field("domain", Type.TEXT, Order::domain)
                            .required()
                            .must(
                                    text -> DomainName.read(text).isPresent(),
                                    "must be the name of a host, such as login.example.com");
            shape.field("certificateSourceType", Type.TEXT, order -> "MANUAL")
                    .required()
                    .must(
                            "MANUAL"::equals,
                            "must be MANUAL: this server obtains no certificates by itself");
            return shape.build(in -> new Order(DomainName.read(in.get(domain)).orElseThrow()));
        }
    }

    private Reply list(Request request) {
        List<CustomDomain> all =
                database.read(request.org().number(), reader -> store.all(reader, MOST));
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeArrayPropertyStart("domains");
                    all.forEach(
                            domain -> domain.writeListed(out, request.org(), request.baseUrl()));
                    out.writeEndArray();
                    out.writeEndObject();
                });
    }

    private Reply create(Request request) {
        Org org = request.org();
        String name = request.body(Order.SHAPE).domain();
        if (DomainName.isProhibited(name, baseDomain)) {
            throw ApiException.validation("domain", "domain: Prohibited custom domain name.");
        }
        if (database.acrossOrgs(tx -> CustomDomainStore.isProven(tx, name))) {
            throw ApiException.of("E0000161");
        }
        Instant now = now();
        CustomDomain domain =
                new CustomDomain(
                        ids.next("OcD", org.tail(), now),
                        name,
                        Status.NOT_STARTED,
                        proof(),
                        null,
                        null,
                        now,
                        now);
        write(
                org,
                tx -> {
                    if (store.all(tx, MOST).size() == MOST) {
                        throw ApiException.of("E0000162");
                    }
                    store.insert(tx, domain);
                    tx.emit(event("initiate", domain));
                    return domain;
                });
        return answer(request, 201, domain);
    }

    private String proof() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Reply get(Request request) {
        CustomDomain domain =
                database.read(request.org().number(), reader -> store.require(reader, id(request)));
        return answer(request, 200, domain);
    }

    private record Choice(String brandId) {
        private static final Shape<Choice> SHAPE = shape();

        private static Shape<Choice> shape() {
            Shape.Builder<Choice> shape = Shape.of("domain");
            Field<Choice, String> brand =
                    shape.field("brandId", Type.TEXT, Choice::brandId).required();
            return shape.build(in -> new Choice(in.get(brand)));
        }
    }

    /** The brand it shows already is no change: nothing is written, and the log is silent. */
    private Reply show(Request request) {
        Org org = request.org();
        String brand = request.body(Choice.SHAPE).brandId();
        return answer(
                request,
                200,
                write(
                        org,
                        tx -> {
                            brands.hold(tx, org, brand);
                            CustomDomain domain = store.lock(tx, id(request));
                            if (domain.brandIn(org).equals(brand)) {
                                return domain;
                            }
                            CustomDomain after = domain.showing(brand, now());
                            store.update(tx, after);
                            tx.emit(event("update", after));
                            ConfigVersionStore.raise(tx, ConfigArea.BRANDS);
                            return after;
                        }));
    }

    @Override
    public Schema schema() {
        return CustomDomain.LISTED;
    }

    @Override
    public Map<String, List<Entry>> byBrand(Reader reader, Org org) {
        return store.all(reader, MOST).stream()
                .collect(
                        Collectors.groupingBy(
                                domain -> domain.brandIn(org),
                                Collectors.mapping(
                                        domain ->
                                                (out, baseUrl) ->
                                                        domain.writeListed(out, org, baseUrl),
                                        Collectors.toList())));
    }

    private Reply delete(Request request) {
        CustomDomain gone =
                write(
                        request.org(),
                        tx -> {
                            CustomDomain domain = store.lock(tx, id(request));
                            store.delete(tx, domain);
                            tx.emit(event("delete", domain));
                            ConfigVersionStore.raise(tx, ConfigArea.BRANDS);
                            return domain;
                        });
        hosts.forget(gone.domain());
        return Reply.noContent();
    }

    /** The name server is asked before the transaction begins: nothing waits for it in there. */
    private Reply verify(Request request) {
        Org org = request.org();
        CustomDomain asked =
                database.read(org.number(), reader -> store.require(reader, id(request)));
        if (asked.status().isProven()) {
            return answer(request, 200, asked);
        }
        boolean found = dns.texts(asked.proofName()).stream().anyMatch(text -> proves(text, asked));
        return answer(request, 200, write(org, tx -> conclude(tx, asked.id(), found)));
    }

    private static boolean proves(String text, CustomDomain domain) {
        return MessageDigest.isEqual(
                text.strip().getBytes(StandardCharsets.UTF_8),
                domain.proof().getBytes(StandardCharsets.UTF_8));
    }

    private CustomDomain conclude(Tx tx, String id, boolean found) {
        CustomDomain domain = store.lock(tx, id);
        if (domain.status().isProven()) {
            return domain;
        }
        CustomDomain after = domain.with(found ? Status.VERIFIED : Status.IN_PROGRESS, now());
        store.update(tx, after);
        if (found) {
            store.claim(tx, after);
        }
        Event looked = event("verify", after);
        tx.emit(found ? looked : looked.outcome(Outcome.failure("TXT record not found")));
        return after;
    }

    private record CertificateOrder(String certificate, String chain, String privateKey) {
        private static final int LONGEST = 256 * 1024;
        private static final Shape<CertificateOrder> SHAPE = shape();

        private static Shape<CertificateOrder> shape() {
            Shape.Builder<CertificateOrder> shape = Shape.of("certificate");
            shape.field("type", Type.TEXT, order -> "PEM")
                    .required()
                    .must("PEM"::equals, "must be PEM");
            Field<CertificateOrder, String> key = text(shape, "privateKey").required();
            Field<CertificateOrder, String> own = text(shape, "certificate").required();
            Field<CertificateOrder, String> chain = text(shape, "certificateChain");
            return shape.build(
                    in ->
                            new CertificateOrder(
                                    in.get(own), in.find(chain).orElse(""), in.get(key)));
        }

        private static Field<CertificateOrder, String> text(
                Shape.Builder<CertificateOrder> shape, String name) {
            return shape.field(name, Type.TEXT, order -> "")
                    .must(text -> text.length() <= LONGEST, "is too long");
        }

        CustomCertificate.Texts texts() {
            return new CustomCertificate.Texts(certificate, chain, privateKey);
        }
    }

    private Reply certify(Request request) {
        Org org = request.org();
        CertificateOrder order = request.body(CertificateOrder.SHAPE);
        CustomDomain domain =
                write(org, tx -> certify(tx, org, store.lock(tx, id(request)), order));
        hosts.forget(domain.domain());
        return Reply.noContent();
    }

    private CustomDomain certify(Tx tx, Org org, CustomDomain domain, CertificateOrder order) {
        if (!domain.status().isProven()) {
            throw ApiException.of("E0000165")
                    .because(
                            "Could not verify the specified custom domain. Make sure the TXT record"
                                    + " matches the expected value.");
        }
        CustomCertificate certificate = fit(order, domain);
        CustomDomain after =
                domain.with(
                        new Certificate(
                                certificate.subject(),
                                certificate.fingerprint(),
                                certificate.expires()),
                        now());
        byte[] key = order.privateKey().getBytes(StandardCharsets.UTF_8);
        store.update(tx, after);
        store.serve(
                tx,
                after,
                order.certificate(),
                order.chain(),
                sealed.seal(new Purpose(org.number(), SEALED_FIELD, domain.id()), key));
        tx.emit(event("cert_upload", after));
        return after;
    }

    private CustomCertificate fit(CertificateOrder order, CustomDomain domain) {
        try {
            return CustomCertificate.fit(order.texts(), domain.domain(), time.instant());
        } catch (CustomCertificate.Unfit e) {
            throw ApiException.validation(e.part(), e.part() + ": " + e.getMessage());
        }
    }

    private CustomDomain write(Org org, Work<CustomDomain> work) {
        try {
            return database.write(org.number(), work);
        } catch (UniqueViolation e) {
            if (!TAKEN.contains(e.constraint())) {
                throw e;
            }
            throw ApiException.of("E0000161");
        }
    }

    private Event event(String step, CustomDomain domain) {
        return events.event("system.custom_url_domain." + step).target(domain.target());
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String id(Request request) {
        return request.variable("domainId");
    }

    private Reply answer(Request request, int status, CustomDomain domain) {
        String orgHost = request.org().name() + "." + baseDomain;
        return Reply.json(
                status, out -> domain.write(out, request.org(), request.baseUrl(), orgHost));
    }
}
