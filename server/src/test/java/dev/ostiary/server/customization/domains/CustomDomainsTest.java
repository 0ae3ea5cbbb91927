package dev.ostiary.server.customization.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.context.Language;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgDirectory;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.platform.tls.CustomCertificate;
import dev.ostiary.platform.tls.CustomCertificate.Texts;
import dev.ostiary.platform.tls.TestAuthority;
import dev.ostiary.server.customization.brands.BrandIds;
import dev.ostiary.server.customization.brands.BrandLanguages;
import dev.ostiary.server.customization.brands.BrandStore;
import dev.ostiary.server.customization.brands.Brands;
import dev.ostiary.server.customization.brands.DefaultApps;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomDomainsTest {

    private static final String APP = "0oa00000000000000001";

    private final Map<String, List<String>> dns = new ConcurrentHashMap<>();
    private final Ground ground;
    private final Operations operations;
    private final CustomHosts hosts;
    private final TestAuthority authority;
    private final Org org;

    CustomDomainsTest(DatabaseAccess access, @TempDir Path directory) {
        ground = new Ground(access);
        org = ground.acme;
        authority = new TestAuthority(directory, ground.clock);
        SecureRandom random = new SecureRandom();
        Sealed sealed = new Sealed(KeyRing.of(MasterKey.generate(random)), random);
        hosts = new CustomHosts(ground.database, sealed, new Orgs(), ground.clock);
        Ids ids = new Ids(ground.clock, random);
        BrandStore brandStore = new BrandStore();
        CustomDomains domains =
                new CustomDomains(
                        ground.database,
                        ids,
                        ground.clock,
                        random,
                        EventCatalogue.load(),
                        sealed,
                        name -> dns.getOrDefault(name, List.of()),
                        hosts,
                        brandStore,
                        "base.example");
        operations =
                new Operations(
                        ground,
                        domains,
                        new Brands(
                                ground.database,
                                ids,
                                ground.clock,
                                EventCatalogue.load(),
                                brandStore,
                                domains,
                                (reader, where, app) -> app.equals(APP)));
    }

    private final class Orgs implements OrgDirectory {
        @Override
        public Optional<Org> byName(String name) {
            return List.of(ground.acme, ground.other, ground.strict).stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst();
        }

        @Override
        public Optional<Org> byPort(int port) {
            return Optional.empty();
        }
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("P31 a created domain says which records prove it, and may be verified")
    void created() {
        JsonNode made = create(org, "Login.Created.EXAMPLE");
        assertThat(made.propertyNames())
                .containsExactly(
                        "id",
                        "domain",
                        "brandId",
                        "certificateSourceType",
                        "validationStatus",
                        "dnsRecords",
                        "_links");
        String id = id(made);
        assertThat(id).startsWith("OcD").hasSize(20);
        assertThat(made.path("domain").asString()).isEqualTo("login.created.example");
        assertThat(made.path("validationStatus").asString()).isEqualTo("NOT_STARTED");
        assertThat(made.at("/dnsRecords/0/recordType").asString()).isEqualTo("TXT");
        assertThat(made.at("/dnsRecords/0/fqdn").asString())
                .isEqualTo("_oktaverification.login.created.example");
        assertThat(made.at("/dnsRecords/0/values/0").asString()).matches("[0-9a-f]{32}");
        assertThat(made.at("/dnsRecords/1").toString())
                .isEqualTo(
                        "{\"recordType\":\"CNAME\",\"fqdn\":\"login.created.example\",\"values\":[\"acme.base.example\"]}");
        assertThat(made.path("_links").propertyNames()).containsExactly("self", "verify");
        assertThat(get(org, id)).isEqualTo(made);
        JsonNode listed =
                Json.parse(operations.call(org, "listCustomDomains", "", "").body())
                        .path("domains");
        assertThat(listed.toString()).contains(id).doesNotContain("dnsRecords");
    }

    @Test
    @DisplayName("P6 names that are none, or the server's own, are refused")
    void names() {
        for (String name :
                List.of(
                        "",
                        "login",
                        "https://login.example",
                        "login.example/x",
                        "login.example:443",
                        "*.example",
                        "-a.example",
                        "192.0.2.1",
                        "[::1]",
                        "a..example",
                        "a.example.",
                        "a.1",
                        "a b.example",
                        "a".repeat(64) + ".example",
                        "a.".repeat(126) + "example")) {
            refused(
                    name,
                    "domain",
                    "domain: must be the name of a host, such as login.example.com");
        }
        for (String name :
                List.of("acme.base.example", "base.example", "a.b.base.example", "x.localhost")) {
            refused(name, "domain", "domain: Prohibited custom domain name.");
        }
        error(
                () ->
                        operations.call(
                                org,
                                "createCustomDomain",
                                "",
                                "{\"domain\":\"a.managed.example\",\"certificateSourceType\":\"OKTA_MANAGED\"}"),
                "E0000001",
                "certificateSourceType: must be MANUAL: this server obtains no certificates by itself");
        assertThat(create(org, "bücher.example").path("domain").asString())
                .isEqualTo("xn--bcher-kva.example");
        error(() -> create(org, "xn--bcher-kva.example"), "E0000161");
    }

    private void refused(String name, String subject, String cause) {
        error(() -> create(org, name), "E0000001", cause);
        assertThat(subject).isEqualTo("domain");
    }

    @Test
    @DisplayName("P1 P2 P38 proven and certified, a domain reaches its org until it is deleted")
    void wholeLife() throws Exception {
        String host = "login.life.example";
        JsonNode made = create(org, host);
        String id = id(made);
        error(() -> certify(org, id, authority.issue(host)), "E0000165");
        assertThat(verify(org, id).path("validationStatus").asString()).isEqualTo("IN_PROGRESS");
        dns.put("_oktaverification." + host, List.of("something else"));
        assertThat(verify(org, id).path("validationStatus").asString()).isEqualTo("IN_PROGRESS");
        prove(made);
        JsonNode verified = verify(org, id);
        assertThat(verified.path("validationStatus").asString()).isEqualTo("VERIFIED");
        assertThat(verified.path("_links").propertyNames()).containsExactly("self", "certificate");
        assertThat(hosts.byHost(host)).isEmpty();

        Texts first = authority.issue(host);
        certify(org, id, first);
        JsonNode completed = get(org, id);
        assertThat(completed.path("validationStatus").asString()).isEqualTo("COMPLETED");
        assertThat(completed.path("_links").propertyNames())
                .containsExactly("self", "certificate", "verify");
        assertThat(completed.at("/publicCertificate/subject").asString())
                .isEqualTo("CN=Ostiary server");
        String fingerprint = completed.at("/publicCertificate/fingerprint").asString();
        assertThat(hosts.byHost(host)).contains(org);
        assertThat(hosts.certificate(host).map(CustomCertificate::fingerprint))
                .contains(fingerprint);
        assertThat(hosts.byHost("other." + host)).isEmpty();
        assertThat(hosts.byHost("LOGIN.life.example")).isEmpty();

        dns.clear();
        assertThat(verify(org, id)).isEqualTo(completed);
        certify(org, id, authority.issue(host));
        assertThat(hosts.certificate(host).orElseThrow().fingerprint()).isNotEqualTo(fingerprint);
        assertThat(call(org, "deleteCustomDomain", id, "").status()).isEqualTo(204);
        assertThat(hosts.byHost(host)).isEmpty();
        error(() -> get(org, id), "E0000163", "Could not find custom domain with the given id.");
        assertThat(operations.events(org))
                .containsSubsequence(
                        "system.custom_url_domain.initiate",
                        "system.custom_url_domain.verify",
                        "system.custom_url_domain.verify",
                        "system.custom_url_domain.verify",
                        "system.custom_url_domain.cert_upload",
                        "system.custom_url_domain.cert_upload",
                        "system.custom_url_domain.delete");
        JsonNode target =
                operations.event(org, "system.custom_url_domain.delete").path("target").get(0);
        assertThat(target.path("id").asString()).isEqualTo(id);
        assertThat(target.at("/detailEntry/customDomainName").asString()).isEqualTo(host);
    }

    @Test
    @DisplayName("a key is nowhere in the database but sealed, and no answer shows it")
    void keyAtRest() {
        String host = "login.sealed.example";
        String id = proven(org, host);
        Texts texts = authority.issue(host);
        certify(org, id, texts);
        String line = texts.privateKey().lines().skip(1).findFirst().orElseThrow();
        assertThat(get(org, id).toString()).doesNotContain(line);
        byte[] stored =
                ground.database
                        .acrossOrgs(tx -> CustomDomainStore.served(tx, host))
                        .orElseThrow()
                        .sealedKey();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(line);
        List<String> log =
                ground.database.read(
                        org.number(),
                        reader ->
                                reader.list(
                                        Sql.of("SELECT body FROM system_log"),
                                        row -> row.json("body")));
        assertThat(log)
                .isNotEmpty()
                .noneMatch(body -> body.contains(line) || body.contains("PRIVATE"));
    }

    @Test
    @DisplayName(
            "P6 a certificate that does not fit is refused with its reason, and nothing changes")
    void unfit() {
        String host = "login.unfit.example";
        String id = proven(org, host);
        Texts good = authority.issue(host);
        error(
                () -> certify(org, id, authority.issue("login.other.example")),
                "E0000001",
                "certificate: The specified certificate does not match your Custom URL Domain.");
        error(
                () ->
                        certify(
                                org,
                                id,
                                new Texts(
                                        good.certificate(),
                                        good.chain(),
                                        authority.issue(host).privateKey())),
                "E0000001",
                "privateKey: The private key does not belong to the certificate.");
        error(() -> call(org, "upsertCertificate", id, "{}"), "E0000001");
        error(
                () ->
                        call(
                                org,
                                "upsertCertificate",
                                id,
                                "{\"type\":\"DER\",\"privateKey\":\"x\",\"certificate\":\"x\",\"certificateChain\":\"\"}"),
                "E0000001",
                "type: must be PEM");
        assertThat(get(org, id).path("validationStatus").asString()).isEqualTo("VERIFIED");
    }

    @Test
    @DisplayName(
            "P40 whoever proves a host first has it; an org that only asked for it blocks nobody")
    void otherOrgs() {
        String host = "login.contested.example";
        JsonNode squatter = create(ground.other, host);
        String id = proven(org, host);
        certify(org, id, authority.issue(host));
        prove(squatter);
        error(() -> verify(ground.other, id(squatter)), "E0000161");
        error(() -> create(ground.strict, host), "E0000161");
        error(() -> create(org, host), "E0000161");
        assertThat(hosts.byHost(host)).contains(org);
        for (String operation :
                List.of(
                        "getCustomDomain",
                        "deleteCustomDomain",
                        "verifyDomain",
                        "upsertCertificate")) {
            String body = body(authority.issue(host));
            error(
                    () -> call(ground.other, operation, id, body),
                    "E0000163",
                    "Could not find custom domain with the given id.");
        }
        assertThat(hosts.byHost(host)).contains(org);
        call(org, "deleteCustomDomain", id, "");
        assertThat(verify(ground.other, id(squatter)).path("validationStatus").asString())
                .isEqualTo("VERIFIED");
    }

    @Test
    @DisplayName("P38 P40 a domain shows the default brand, or one it is given, which then stays")
    void brand() {
        JsonNode made = create(org, "login.branded.example");
        String byDefault = BrandIds.ofDefault(org);
        assertThat(made.path("brandId").asString()).isEqualTo(byDefault);
        String brand = makeBrand(org, "Harbour");
        JsonNode shown = show(org, id(made), brand);
        assertThat(shown.path("brandId").asString()).isEqualTo(brand);
        assertThat(get(org, id(made))).isEqualTo(shown);
        assertThat(operations.event(org, "system.custom_url_domain.update").at("/target/0/id"))
                .isEqualTo(made.path("id"));
        assertThat(domainsOf(brand).findValuesAsString("id")).containsExactly(id(made));
        assertThat(domainsOf(byDefault).findValuesAsString("id")).doesNotContain(id(made));
        error(() -> deleteBrand(brand), "E0000201");
        String theirs = makeBrand(ground.other, "Theirs");
        error(() -> show(org, id(made), theirs), "E0000007");
        error(() -> show(ground.other, id(made), theirs), "E0000163");
        show(org, id(made), byDefault);
        deleteBrand(brand);
        error(() -> show(org, id(made), brand), "E0000007");
    }

    @Test
    @DisplayName(
            "P15 a domain speaks the language of its brand, and another one as soon as it has another")
    void language() {
        String host = "login.spoken.example";
        JsonNode made = create(org, host);
        String german = makeBrand(org, "Hafen");
        String japanese = makeBrand(org, "Minato");
        speak(german, "Hafen", "de");
        speak(japanese, "Minato", "ja");
        BrandLanguages languages =
                new BrandLanguages(new BrandStore(), new DomainBrands()::brandOf);

        assertThat(spoken(languages, host)).isEqualTo(Language.ENGLISH);
        show(org, id(made), german);
        assertThat(spoken(languages, host)).isEqualTo(Language.GERMAN);
        assertThat(spoken(languages, "login.unknown.example")).isEqualTo(Language.ENGLISH);
        show(org, id(made), japanese);
        assertThat(spoken(languages, host)).isEqualTo(Language.JAPANESE);
        call(org, "deleteCustomDomain", id(made), "");
        assertThat(spoken(languages, host)).isEqualTo(Language.ENGLISH);
        deleteBrand(german);
        deleteBrand(japanese);
    }

    private Language spoken(BrandLanguages languages, String host) {
        return ground.database.read(org.number(), reader -> languages.of(reader, at(host)));
    }

    /** The org as a request to a host has it. */
    private Org at(String host) {
        return org.at(new ConfigVersionLookup(ground.database).now(org)).reachedBy(host);
    }

    @Test
    @DisplayName(
            "given a brand with an app, then the domain that shows the brand leads there, and no other host")
    void defaultApp() {
        String host = "login.into.example";
        JsonNode made = create(org, host);
        String brand = makeBrand(org, "Into");
        DefaultApps apps =
                new DefaultApps(ground.database, new BrandStore(), new DomainBrands()::brandOf);
        assertThat(apps.of(at(host))).isEmpty();

        lead(brand, "Into", "{\"appInstanceId\":\"" + APP + "\"}");

        assertThat(apps.of(at(host))).isEmpty();
        show(org, id(made), brand);
        assertThat(apps.of(at(host))).contains(APP);
        assertThat(apps.of(at("login.unknown.example"))).isEmpty();
        assertThat(apps.of(org.at(new ConfigVersionLookup(ground.database).now(org)))).isEmpty();
        lead(brand, "Into", "{}");
        assertThat(apps.of(at(host))).isEmpty();
        call(org, "deleteCustomDomain", id(made), "");
        deleteBrand(brand);
    }

    private void lead(String brand, String name, String app) {
        operations.call(
                org,
                "replaceBrand",
                Map.of("brandId", brand),
                "",
                "{\"name\":\"%s\",\"defaultApp\":%s}".formatted(name, app));
    }

    private void speak(String brand, String name, String language) {
        operations.call(
                org,
                "replaceBrand",
                Map.of("brandId", brand),
                "",
                "{\"name\":\"%s\",\"locale\":\"%s\"}".formatted(name, language));
    }

    private JsonNode show(Org where, String id, String brand) {
        String body = "{\"brandId\":\"%s\"}".formatted(brand);
        return Json.parse(call(where, "replaceCustomDomain", id, body).body());
    }

    private String makeBrand(Org where, String name) {
        String body = "{\"name\":\"%s\"}".formatted(name);
        return id(Json.parse(operations.call(where, "createBrand", "", body).body()));
    }

    private void deleteBrand(String id) {
        operations.call(org, "deleteBrand", Map.of("brandId", id), "", "");
    }

    private JsonNode domainsOf(String brand) {
        return Json.parse(
                        operations
                                .call(org, "listBrandDomains", Map.of("brandId", brand), "", "")
                                .body())
                .path("domains");
    }

    @Test
    @DisplayName("P39 of two orgs that prove a host at once, one has it")
    void race() throws Exception {
        String host = "login.race.example";
        List<Org> orgs = List.of(ground.acme, ground.other, ground.strict);
        List<String> ids = new ArrayList<>();
        List<String> proofs = new ArrayList<>();
        for (Org each : orgs) {
            JsonNode made = create(each, host);
            ids.add(id(made));
            proofs.add(made.at("/dnsRecords/0/values/0").asString());
        }
        dns.put("_oktaverification." + host, proofs);
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<String>> attempts = new ArrayList<>();
            for (int i = 0; i < orgs.size(); i++) {
                Org each = orgs.get(i);
                String id = ids.get(i);
                attempts.add(threads.submit(() -> attempt(each, id)));
            }
            for (Future<String> attempt : attempts) {
                outcomes.add(attempt.get());
            }
        }
        assertThat(outcomes).containsExactlyInAnyOrder("VERIFIED", "E0000161", "E0000161");
    }

    private String attempt(Org each, String id) {
        try {
            return verify(each, id).path("validationStatus").asString();
        } catch (ApiException e) {
            return e.code();
        }
    }

    private String proven(Org where, String host) {
        JsonNode made = create(where, host);
        prove(made);
        assertThat(verify(where, id(made)).path("validationStatus").asString())
                .isEqualTo("VERIFIED");
        return id(made);
    }

    private void prove(JsonNode made) {
        dns.put(
                made.at("/dnsRecords/0/fqdn").asString(),
                List.of("v=other", made.at("/dnsRecords/0/values/0").asString()));
    }

    private JsonNode create(Org where, String host) {
        Reply reply =
                operations.call(
                        where,
                        "createCustomDomain",
                        "",
                        "{\"domain\":\"%s\",\"certificateSourceType\":\"MANUAL\"}".formatted(host));
        assertThat(reply.status()).isEqualTo(201);
        return Json.parse(reply.body());
    }

    private JsonNode get(Org where, String id) {
        return Json.parse(call(where, "getCustomDomain", id, "").body());
    }

    private JsonNode verify(Org where, String id) {
        return Json.parse(call(where, "verifyDomain", id, "").body());
    }

    private void certify(Org where, String id, Texts texts) {
        assertThat(call(where, "upsertCertificate", id, body(texts)).status()).isEqualTo(204);
    }

    private static String body(Texts texts) {
        return Json.text(
                Json.object()
                        .put("type", "PEM")
                        .put("certificate", texts.certificate())
                        .put("certificateChain", texts.chain())
                        .put("privateKey", texts.privateKey()));
    }

    private Reply call(Org where, String operation, String id, String body) {
        return operations.call(where, operation, Map.of("domainId", id), "", body);
    }

    private static void error(ThrowingCallable work, String code, String... causes) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.causes()).containsAll(List.of(causes));
                        });
    }

    private static String id(JsonNode domain) {
        return domain.path("id").asString();
    }
}
