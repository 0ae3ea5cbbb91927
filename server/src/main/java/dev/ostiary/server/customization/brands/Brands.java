package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tag Brands. A brand that a custom domain shows cannot be deleted; domains in turn hold a
 * brand while they choose it ({@link BrandStore#hold}). Thread-safe.
 */
public final class Brands implements Family {

    private static final Limits LIMITS = Limits.refusing(20, 200);

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final BrandStore store;
    private final BrandDomains domains;
    private final BrandApps apps;

    /** The family over these neighbours. */
    public Brands(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            BrandStore store,
            BrandDomains domains,
            BrandApps apps) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.store = store;
        this.domains = domains;
        this.apps = apps;
    }

    @Override
    public List<Binding> bindings() {
        Schema whole =
                Brand.SCHEMA
                        .named("BrandWithEmbedded")
                        .maybe(
                                "_embedded",
                                Schema.object()
                                        .maybe("themes", Schema.list(Theme.SCHEMA))
                                        .maybe("domains", Schema.list(domains.schema())));
        return List.of(
                Binding.of("listBrands", this::list).answersMany(whole),
                Binding.of("createBrand", this::create).takes(Brand.NEW).answers(Brand.SCHEMA),
                Binding.of("getBrand", this::get).answers(whole),
                Binding.of("replaceBrand", this::replace)
                        .takes(Brand.CONTENT)
                        .answers(Brand.SCHEMA),
                Binding.of("deleteBrand", this::delete),
                Binding.of("listBrandDomains", this::listDomains)
                        .answers(Schema.object().always("domains", Schema.list(domains.schema()))));
    }

    /** All are read, for there are few; then the page is cut out of them. */
    private Reply list(Request request) {
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Page<ShownBrand> page =
                database.read(
                        request.org().number(),
                        reader -> {
                            List<Brand> found =
                                    store.all(reader, request.org()).stream()
                                            .filter(brand -> isAskedFor(brand, request))
                                            .toList();
                            return page(found, asked).map(showing(reader, request));
                        });
        return Reply.list(page.items(), (each, out) -> each.write(out, request))
                .with(request.links(page, asked.limit(), LinkPolicy.SELF));
    }

    private static boolean isAskedFor(Brand brand, Request request) {
        String name = CaseFold.fold(brand.content().name());
        return request.query().text("q").map(q -> name.contains(CaseFold.fold(q))).orElse(true);
    }

    private static Page<Brand> page(List<Brand> brands, PageRequest asked) {
        List<Brand> rest =
                brands.stream()
                        .filter(brand -> asked.after().map(brand.id()::compareTo).orElse(1) > 0)
                        .toList();
        List<Brand> items = rest.subList(0, Math.min(asked.limit(), rest.size()));
        return new Page<>(
                items,
                rest.size() > items.size() ? Optional.of(items.getLast().id()) : Optional.empty());
    }

    private Reply get(Request request) {
        ShownBrand shown =
                database.read(
                        request.org().number(),
                        reader ->
                                showing(reader, request)
                                        .apply(store.require(reader, request.org(), id(request))));
        return Reply.ok(out -> shown.write(out, request));
    }

    /** How brands are shown; the domains of all of them are read at once. */
    private Function<Brand, ShownBrand> showing(Reader reader, Request request) {
        Set<String> wanted =
                request.query().text("expand").stream()
                        .flatMap(text -> Arrays.stream(text.split(",")))
                        .map(String::strip)
                        .collect(Collectors.toSet());
        Map<String, List<BrandDomains.Entry>> shownBy =
                wanted.contains("domains") ? domains.byBrand(reader, request.org()) : Map.of();
        return brand ->
                new ShownBrand(
                        brand,
                        wanted.contains("themes") ? store.theme(reader, brand) : null,
                        wanted.contains("domains")
                                ? shownBy.getOrDefault(brand.id(), List.of())
                                : null);
    }

    private List<BrandDomains.Entry> domainsOf(Reader reader, Org org, Brand brand) {
        return domains.byBrand(reader, org).getOrDefault(brand.id(), List.of());
    }

    private Reply create(Request request) {
        Org org = request.org();
        Instant now = now();
        Brand brand =
                new Brand(
                        ids.next(BrandIds.BRAND, org.tail(), now),
                        request.body(Brand.NEW),
                        now,
                        now);
        database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    List<Brand> all = store.all(tx, org);
                    requireFree(all, brand);
                    if (all.size() >= BrandStore.MOST) {
                        throw ApiException.of("E0000220");
                    }
                    store.save(tx, brand);
                    emit(tx, "create", brand);
                    return brand;
                });
        return answer(request, 201, brand);
    }

    /** The same again is no change: nothing is written, and the log is silent. */
    private Reply replace(Request request) {
        Brand.Content content = checked(request.body(Brand.CONTENT));
        Org org = request.org();
        return answer(
                request,
                200,
                database.write(
                        org.number(),
                        tx -> {
                            ConfigVersionStore.hold(tx);
                            Brand old = store.require(tx, org, id(request));
                            if (old.content().equals(content)) {
                                return old;
                            }
                            Brand changed = old.with(content, now());
                            requireFree(store.all(tx, org), changed);
                            requireApp(tx, org, content);
                            store.save(tx, changed);
                            emit(tx, "update", changed);
                            return changed;
                        }));
    }

    /** What a brand refers to must be there: no e-mail domain is, so far. */
    private static Brand.Content checked(Brand.Content content) {
        if (content.privacyPolicy() != null && !content.consents()) {
            throw ApiException.validation(
                    "agreeToCustomPrivacyPolicy",
                    "agreeToCustomPrivacyPolicy: Please provide your consent for updating the"
                            + " custom privacy policy URL.");
        }
        if (content.emailDomain() != null) {
            throw ApiException.of("E0000198");
        }
        return content;
    }

    private void requireApp(Tx tx, Org org, Brand.Content content) {
        @Nullable String app = content.defaultApp().instanceId();
        if (app != null && !apps.has(tx, org, app)) {
            throw ApiException.validation(
                    "defaultApp", "defaultApp.appInstanceId: must be the id of an app");
        }
    }

    private Reply delete(Request request) {
        Org org = request.org();
        database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    Brand brand = store.require(tx, org, id(request));
                    if (brand.isDefault(org)) {
                        throw ApiException.of("E0000200");
                    }
                    if (!domainsOf(tx, org, brand).isEmpty()) {
                        throw ApiException.of("E0000201");
                    }
                    store.delete(tx, brand);
                    emit(tx, "delete", brand);
                    return brand;
                });
        return Reply.noContent();
    }

    private Reply listDomains(Request request) {
        List<BrandDomains.Entry> all =
                database.read(
                        request.org().number(),
                        reader -> {
                            Brand brand = store.require(reader, request.org(), id(request));
                            return domainsOf(reader, request.org(), brand);
                        });
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    ShownBrand.writeDomains(out, all, request);
                    out.writeEndObject();
                });
    }

    private static void requireFree(List<Brand> all, Brand brand) {
        String name = CaseFold.fold(brand.content().name());
        boolean taken =
                all.stream()
                        .filter(other -> !other.id().equals(brand.id()))
                        .anyMatch(other -> CaseFold.fold(other.content().name()).equals(name));
        if (taken) {
            throw ApiException.of("E0000202");
        }
    }

    private void emit(Tx tx, String step, Brand brand) {
        tx.emit(events.event("system.brand." + step).target(brand.target()));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String id(Request request) {
        return request.variable("brandId");
    }

    private static Reply answer(Request request, int status, Brand brand) {
        return Reply.json(
                status,
                out -> {
                    brand.begin(out, request.org());
                    brand.end(out, request.org(), request.baseUrl());
                });
    }
}
