package dev.ostiary.server.security.origins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustedOriginsTest {

    private static final String TAKEN =
            ": An object with this field already exists in the current organization";
    private static final String CORS = "[{\"type\":\"CORS\"}]";

    private final Ground ground;
    private final Operations operations;
    private final Org org;

    TrustedOriginsTest(DatabaseAccess access) {
        ground = new Ground(access);
        org = ground.acme;
        operations =
                new Operations(
                        ground,
                        new TrustedOrigins(
                                ground.database,
                                new Ids(ground.clock, new SecureRandom()),
                                ground.clock,
                                EventCatalogue.load()));
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("P31 a created origin is active and reads as documented, links included")
    void created() {
        JsonNode made =
                create(
                        org,
                        "{\"name\":\"New\",\"origin\":\"http://new.example\",\"status\":\"INACTIVE\","
                                + "\"scopes\":[{\"type\":\"CORS\",\"allowedOktaApps\":[]},{\"type\":\"REDIRECT\"},"
                                + "{\"type\":\"IFRAME_EMBED\",\"allowedOktaApps\":[\"OKTA_ENDUSER\"]}]}");
        assertThat(made.propertyNames())
                .containsExactly(
                        "id",
                        "name",
                        "origin",
                        "scopes",
                        "status",
                        "created",
                        "createdBy",
                        "lastUpdated",
                        "lastUpdatedBy",
                        "_links");
        String id = id(made);
        assertThat(id).startsWith("tos").hasSize(20).endsWith(org.tail());
        assertThat(made.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(made.path("createdBy").asString()).isEqualTo("00u1");
        assertThat(made.path("lastUpdatedBy").asString()).isEqualTo("00u1");
        assertThat(made.path("scopes").toString())
                .isEqualTo(
                        "[{\"type\":\"CORS\"},{\"type\":\"REDIRECT\"},"
                                + "{\"type\":\"IFRAME_EMBED\",\"allowedOktaApps\":[\"OKTA_ENDUSER\"]}]");
        assertThat(made.at("/_links/self/href").asString())
                .isEqualTo("https://acme.test/api/v1/trustedOrigins/" + id);
        assertThat(made.at("/_links/self/hints/allow").toString())
                .isEqualTo("[\"GET\",\"PUT\",\"DELETE\"]");
        assertThat(made.at("/_links/deactivate/href").asString())
                .endsWith(id + "/lifecycle/deactivate");
        assertThat(made.at("/_links").has("activate")).isFalse();
        assertThat(get(org, id)).isEqualTo(made);
    }

    @Test
    @DisplayName("an origin is shown as it was written, and frames of sign-in pages name no app")
    void asWritten() {
        JsonNode made =
                create(
                        org,
                        "{\"name\":\"Written\",\"origin\":\"HTTPS://Written.example:443/\","
                                + "\"scopes\":[{\"type\":\"IFRAME_EMBED\"}]}");
        assertThat(made.path("origin").asString()).isEqualTo("HTTPS://Written.example:443/");
        assertThat(made.path("scopes").toString())
                .isEqualTo("[{\"type\":\"IFRAME_EMBED\",\"allowedOktaApps\":[]}]");
    }

    @Test
    @DisplayName("P6 every wrong field is named at once")
    void wrongFields() {
        refused("{}", "name", "name: The field cannot be left blank", "origin", "scopes");
        refused(listing("Bad", "example.com", CORS), "origin", "origin: Origin value is not valid");
        refused(
                listing("Bad", "https://*.example.com", CORS),
                "origin",
                "origin: Origin value is not valid");
        refused(
                listing(" ", "https://b.example", CORS),
                "name",
                "name: must be 1 to 255 characters");
        refused(
                listing("n".repeat(256), "https://b.example", CORS),
                "name",
                "name: must be 1 to 255 characters");
        for (String scopes : List.of("[]", "[{\"type\":\"CORS\"},{\"type\":\"CORS\"}]")) {
            refused(
                    listing("Bad", "https://b.example", scopes),
                    "scopes",
                    "scopes: must name one to three types, each once");
        }
        refused(
                listing("Bad", "https://b.example", "[{\"type\":\"cors\"}]"),
                "type",
                "scopes[0].type: must be CORS, REDIRECT or IFRAME_EMBED");
        refused(
                listing(
                        "Bad",
                        "https://b.example",
                        "[{\"type\":\"IFRAME_EMBED\",\"allowedOktaApps\":[\"OTHER\"]}]"),
                "allowedOktaApps",
                "scopes[0].allowedOktaApps: must be empty or hold OKTA_ENDUSER");
    }

    @Test
    @DisplayName("P8 a name of 255 emoji is kept")
    void anyName() {
        String name = "\uD83D\uDE00".repeat(255);
        JsonNode made = create(org, listing(name, "https://emoji.example", CORS));
        assertThat(get(org, id(made)).path("name").asString()).isEqualTo(name);
    }

    @Test
    @DisplayName("P40 a name and an origin are taken once in an org, and free in another")
    void taken() {
        create(org, listing("Taken", "https://taken.example", CORS));
        refused(listing("tAKEN", "https://free.example", CORS), "name", "name" + TAKEN);
        for (String same :
                List.of(
                        "https://taken.example",
                        "https://taken.example/",
                        "HTTPS://TAKEN.example:443")) {
            refused(listing("Free", same, CORS), "origin", "origin" + TAKEN);
        }
        create(org, listing("Other scheme", "http://taken.example", CORS));
        create(org, listing("Other port", "https://taken.example:8443", CORS));
        create(ground.other, listing("Taken", "https://taken.example", CORS));
        String id = id(create(org, listing("Not taken", "https://not-taken.example", CORS)));
        error(
                () -> replace(org, id, listing("taken", "https://not-taken.example", CORS)),
                "E0000001",
                "name" + TAKEN);
        replace(org, id, listing("NOT TAKEN", "https://NOT-taken.example", CORS));
    }

    @Test
    @DisplayName(
            "P39 of many who list the same origin at once, one succeeds and nobody fails oddly")
    void raceForAnOrigin() throws Exception {
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<String>> attempts =
                    IntStream.range(0, 16)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () ->
                                                            attempt(
                                                                    "Racer " + i,
                                                                    "https://race.example")))
                            .toList();
            for (Future<String> attempt : attempts) {
                outcomes.add(attempt.get());
            }
        }
        assertThat(outcomes).containsOnlyOnce("made").contains("origin" + TAKEN);
        assertThat(outcomes.stream().distinct()).hasSize(2);
    }

    private String attempt(String name, String origin) {
        try {
            create(org, listing(name, origin, CORS));
            return "made";
        } catch (ApiException e) {
            return e.causes().getFirst();
        }
    }

    @Test
    @DisplayName("P39 concurrent changes are all there, one after the other")
    void concurrentChanges() throws Exception {
        String id = id(create(org, listing("Contested", "https://contested.example", CORS)));
        int before = operations.events(org).size();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<JsonNode>> changes =
                    IntStream.range(0, 24)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () ->
                                                            i % 3 == 0
                                                                    ? step(org, id, "deactivate")
                                                                    : replace(
                                                                            org,
                                                                            id,
                                                                            listing(
                                                                                    "Contested "
                                                                                            + i,
                                                                                    "https://contested.example",
                                                                                    CORS))))
                            .toList();
            for (Future<JsonNode> change : changes) {
                change.get();
            }
        }
        assertThat(get(org, id).path("status").asString()).isEqualTo("INACTIVE");
        assertThat(operations.events(org)).hasSize(before + 16 + 1);
    }

    @Test
    @DisplayName("P38 every change has its event, and what changes nothing has none")
    void lifecycleAndEvents() {
        Org quiet = ground.strict;
        String id = id(create(quiet, listing("Life", "https://life.example", CORS)));
        JsonNode off = step(quiet, id, "deactivate");
        assertThat(off.path("status").asString()).isEqualTo("INACTIVE");
        assertThat(off.at("/_links").has("deactivate")).isFalse();
        assertThat(off.at("/_links/activate/href").asString()).endsWith("/lifecycle/activate");
        assertThat(step(quiet, id, "deactivate")).isEqualTo(off);
        JsonNode renamed = replace(quiet, id, listing("Renamed", "https://life.example", CORS));
        assertThat(renamed.path("status").asString()).isEqualTo("INACTIVE");
        assertThat(renamed.path("created")).isEqualTo(off.path("created"));
        replace(quiet, id, listing("Renamed", "https://life.example", CORS));
        step(quiet, id, "activate");
        assertThat(call(quiet, "deleteTrustedOrigin", id, "").status()).isEqualTo(204);
        assertThat(operations.events(quiet))
                .containsExactly(
                        "security.trusted_origin.create",
                        "security.trusted_origin.deactivate",
                        "security.trusted_origin.update",
                        "security.trusted_origin.activate",
                        "security.trusted_origin.delete");
        JsonNode target =
                operations.event(quiet, "security.trusted_origin.update").path("target").get(0);
        assertThat(target.path("id").asString()).isEqualTo(id);
        assertThat(target.path("type").asString()).isEqualTo("TrustedOrigin");
        assertThat(target.path("displayName").asString()).isEqualTo("Renamed");
        assertThat(target.at("/detailEntry/trustedOriginUrl").asString())
                .isEqualTo("https://life.example");
        assertThat(target.at("/detailEntry/trustedOriginScopes").asString()).isEqualTo(CORS);
        unknown(quiet, id);
    }

    @Test
    @DisplayName("P40 another org's origin answers exactly as one that never was")
    void otherOrg() {
        String id = id(create(org, listing("Mine", "https://mine.example", CORS)));
        unknown(ground.other, id);
        assertThat(get(org, id).path("status").asString()).isEqualTo("ACTIVE");
        assertThat(ids(list(ground.other, "limit=200"))).doesNotContain(id);
    }

    private void unknown(Org where, String id) {
        for (String operation :
                List.of(
                        "getTrustedOrigin",
                        "replaceTrustedOrigin",
                        "activateTrustedOrigin",
                        "deactivateTrustedOrigin",
                        "deleteTrustedOrigin",
                        "deleteOstiaryTrustedOrigin")) {
            assertThatThrownBy(
                            () ->
                                    call(
                                            where,
                                            operation,
                                            id,
                                            listing("Theirs", "https://theirs.example", CORS)))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            e -> {
                                assertThat(e.code()).isEqualTo("E0000007");
                                assertThat(e.arguments())
                                        .containsExactly(
                                                "Resource not found: " + id + " (TrustedOrigin)");
                            });
        }
    }

    @Test
    @DisplayName(
            "P35 active origins with scope CORS are trusted, each change from the next request on")
    void trustedForCors() {
        CorsOrigins cors = new CorsOrigins(ground.database);
        ConfigVersionLookup versions = new ConfigVersionLookup(ground.database);
        String origin = "https://cors.example:8443";
        BooleanSupplier trusted = () -> cors.trusts(org, versions.now(org), origin);
        assertThat(trusted.getAsBoolean()).isFalse();
        String id = id(create(org, listing("Cors", "HTTPS://CORS.example:08443/", CORS)));
        assertThat(trusted.getAsBoolean()).isTrue();
        assertThat(cors.trusts(org, versions.now(org), "https://cors.example")).isFalse();
        assertThat(cors.trusts(org, versions.now(org), "HTTPS://CORS.example:08443/")).isFalse();
        assertThat(cors.trusts(ground.other, versions.now(ground.other), origin)).isFalse();
        step(org, id, "deactivate");
        assertThat(trusted.getAsBoolean()).isFalse();
        step(org, id, "activate");
        assertThat(trusted.getAsBoolean()).isTrue();
        replace(org, id, listing("Cors", origin, "[{\"type\":\"REDIRECT\"}]"));
        assertThat(trusted.getAsBoolean()).isFalse();
        replace(org, id, listing("Cors", origin, CORS));
        assertThat(trusted.getAsBoolean()).isTrue();
        call(org, "deleteTrustedOrigin", id, "");
        assertThat(trusted.getAsBoolean()).isFalse();
    }

    @Test
    @DisplayName("P28 filter by name, origin, status, id and type of scope; q by the beginnings")
    void finding() {
        String alpha = "Alpha \"site\"";
        create(org, listing("Alpha \\\"site\\\"", "https://alpha.find.example", CORS));
        String beta =
                id(
                        create(
                                org,
                                listing(
                                        "Beta site",
                                        "https://beta.find.example",
                                        "[{\"type\":\"REDIRECT\"}]")));
        String both =
                id(
                        create(
                                org,
                                listing(
                                        "Gamma site",
                                        "https://GAMMA.find.example",
                                        "[{\"type\":\"REDIRECT\"},{\"type\":\"CORS\"}]")));
        step(org, both, "deactivate");
        assertThat(found("name eq \"Alpha \\\"site\\\"\"")).containsExactly(alpha);
        assertThat(found("origin eq \"https://beta.find.example\"")).containsExactly("Beta site");
        assertThat(found("origin co \"find.example\" and status eq \"INACTIVE\""))
                .containsExactly("Gamma site");
        assertThat(found("origin co \"find.example\" and type eq \"CORS\""))
                .containsExactlyInAnyOrder(alpha, "Gamma site");
        assertThat(found("origin co \"find.example\" and not (type eq \"CORS\")"))
                .containsExactly("Beta site");
        assertThat(found("(id eq \"" + beta + "\" or id eq \"" + both + "\")"))
                .containsExactlyInAnyOrder("Beta site", "Gamma site");
        assertThat(names(list(org, "q=alpha"))).containsExactly(alpha);
        assertThat(names(list(org, "q=https://gamma.f"))).containsExactly("Gamma site");
        assertThat(names(list(org, "q=HTTPS://beta.find"))).containsExactly("Beta site");
        assertThat(names(list(org, "q=%25"))).isEmpty();
        assertThat(names(list(org, "q=https://&filter=" + encoded("id eq \"" + beta + "\""))))
                .containsExactly("Beta site");
        error(() -> list(org, "filter=" + encoded("created pr")), "E0000031", "");
        error(() -> list(org, "filter=" + encoded("status")), "E0000031", "");
    }

    private List<String> found(String filter) {
        return names(list(org, "filter=" + encoded(filter)));
    }

    @Test
    @DisplayName("P24 P25 pages of 20 unless asked otherwise, at most 200, self and next as links")
    void pages() {
        Org many = ground.other;
        for (int i = 0; i < 45; i++) {
            create(many, listing("Page " + i, "https://p" + i + ".example", CORS));
        }
        List<String> seen = new ArrayList<>();
        Reply page = list(many, "q=page");
        assertThat(link(page, "self")).contains("https://other.test/api/v1/trustedOrigins?q=page");
        assertThat(ids(page)).hasSize(20);
        seen.addAll(ids(page));
        for (Optional<String> next = link(page, "next"); next.isPresent(); ) {
            assertThat(next.get()).contains("limit=20").contains("q=page");
            page = list(many, next.get().substring(next.get().indexOf('?') + 1));
            seen.addAll(ids(page));
            next = link(page, "next");
        }
        assertThat(seen).hasSize(45).doesNotHaveDuplicates();
        error(() -> list(many, "limit=201"), "E0000001", "limit: must be between 1 and 200");
        error(() -> list(many, "limit=0"), "E0000001", "limit: must be between 1 and 200");
        error(() -> list(many, "after=nonsense"), "E0000029", "Invalid cursor.");
    }

    private JsonNode create(Org where, String body) {
        Reply reply = operations.call(where, "createTrustedOrigin", "", body);
        assertThat(reply.status()).isEqualTo(200);
        return Json.parse(reply.body());
    }

    private JsonNode get(Org where, String id) {
        return Json.parse(call(where, "getTrustedOrigin", id, "").body());
    }

    private JsonNode replace(Org where, String id, String body) {
        return Json.parse(call(where, "replaceTrustedOrigin", id, body).body());
    }

    private JsonNode step(Org where, String id, String verb) {
        Reply reply = call(where, verb + "TrustedOrigin", id, "");
        assertThat(reply.status()).isEqualTo(200);
        return Json.parse(reply.body());
    }

    private Reply call(Org where, String operation, String id, String body) {
        return operations.call(where, operation, Map.of("trustedOriginId", id), "", body);
    }

    private Reply list(Org where, String query) {
        return operations.call(where, "listTrustedOrigins", query, "");
    }

    private static List<String> ids(Reply list) {
        return texts(list, "id");
    }

    private static List<String> names(Reply list) {
        return texts(list, "name");
    }

    private static List<String> texts(Reply list, String field) {
        List<String> texts = new ArrayList<>();
        Json.parse(list.body()).forEach(origin -> texts.add(origin.path(field).asString()));
        return texts;
    }

    private static Optional<String> link(Reply reply, String relation) {
        return reply.headers().stream()
                .filter(header -> header.name().equals("Link"))
                .map(header -> header.value())
                .filter(value -> value.endsWith("; rel=\"" + relation + "\""))
                .map(value -> value.substring(1, value.indexOf('>')))
                .findFirst();
    }

    private void refused(String body, String subject, String... causes) {
        assertThatThrownBy(() -> create(org, body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000001");
                            assertThat(e.arguments()).containsExactly(subject);
                            assertThat(e.causes()).hasSameSizeAs(causes).contains(causes[0]);
                        });
    }

    private static void error(ThrowingCallable work, String code, String cause) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            if (!cause.isEmpty()) {
                                assertThat(e.causes()).containsExactly(cause);
                            }
                        });
    }

    private static String listing(String name, String origin, String scopes) {
        return "{\"name\":\"%s\",\"origin\":\"%s\",\"scopes\":%s}".formatted(name, origin, scopes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String id(JsonNode origin) {
        return origin.path("id").asString();
    }
}
