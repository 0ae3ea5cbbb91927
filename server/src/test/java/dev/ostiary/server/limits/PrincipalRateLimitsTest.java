package dev.ostiary.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.limits.LimitSettings;
import dev.ostiary.platform.limits.TokenShare;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("P34 principal rate limits")
class PrincipalRateLimitsTest {

    private static final String ALL = "filter=principalType%20eq%20%22SSWS_TOKEN%22";

    private final LimitsGround ground;
    private final Org acme;
    private final Org other;

    PrincipalRateLimitsTest(DatabaseAccess access) {
        ground = new LimitsGround(access);
        acme = ground.ground.acme;
        other = ground.ground.other;
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("P34 is made once for a token, read, and counts for its next request")
    void made() {
        String token = ground.token(acme);
        Reply reply =
                create(
                        acme,
                        token,
                        ", \"defaultPercentage\": 75, \"defaultConcurrencyPercentage\": 20");
        assertThat(reply.status()).isEqualTo(201);
        JsonNode made = Json.parse(reply.body());
        assertThat(made.propertyNames())
                .containsExactly(
                        "id",
                        "orgId",
                        "principalId",
                        "principalType",
                        "defaultPercentage",
                        "defaultConcurrencyPercentage",
                        "createdDate",
                        "createdBy",
                        "lastUpdate",
                        "lastUpdatedBy");
        assertThat(made.path("id").asString()).matches("prl[0-9A-Za-z]{17}");
        assertThat(made.path("orgId").asString()).isEqualTo(acme.id());
        assertThat(made.path("principalType").asString()).isEqualTo("SSWS_TOKEN");
        assertThat(made.path("createdBy").asString()).isEqualTo("00u1");
        assertThat(made.path("createdDate").asString()).endsWith(".000Z");
        assertThat(get(acme, made.path("id").asString())).isEqualTo(made);
        assertThat(settings(acme).shares()).containsEntry(token, new TokenShare(75, 20));

        assertRefused(
                () -> create(acme, token, ""),
                "E0000001",
                "principalId: A rate limit already exists for this principal.");
    }

    @Test
    @DisplayName("P34 percentages that are left out are 50, as documented")
    void defaults() {
        JsonNode made = Json.parse(create(acme, ground.token(acme), "").body());
        assertThat(made.path("defaultPercentage").intValue()).isEqualTo(50);
        assertThat(made.path("defaultConcurrencyPercentage").intValue()).isEqualTo(50);
    }

    @Test
    @DisplayName("P7 dates have no milliseconds under strict")
    void strictDates() {
        Org strict = ground.ground.strict;
        JsonNode made = Json.parse(create(strict, ground.token(strict), "").body());
        assertThat(made.path("createdDate").asString()).matches("[^.]+:\\d\\dZ");
        assertThat(made.path("lastUpdate").asString()).matches("[^.]+:\\d\\dZ");
    }

    @Test
    @DisplayName("P6 every wrong field is named")
    void wrong() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(
                        () ->
                                call(
                                        acme,
                                        "createPrincipalRateLimitEntity",
                                        "{\"principalType\": \"USER\", \"defaultPercentage\": 101,"
                                                + " \"defaultConcurrencyPercentage\": 0}"))
                .satisfies(
                        thrown -> {
                            assertThat(thrown.arguments())
                                    .containsExactly("principalRateLimitMediated");
                            assertThat(thrown.causes())
                                    .containsExactly(
                                            "principalId: The field cannot be left blank",
                                            "principalType: must be OAUTH_CLIENT or SSWS_TOKEN",
                                            "defaultPercentage: must be between 1 and 100",
                                            "defaultConcurrencyPercentage: must be between 1 and 100");
                        });
    }

    @Test
    @DisplayName("P40 a principal that is not there, is another org's, or is a client: 404")
    void unknownPrincipals() {
        String theirs = ground.token(other);
        for (String id : List.of(theirs, "00Tnobody0000000001d7", "x", "00T000000000000001d7")) {
            assertRefused(() -> create(acme, id, ""), "E0000007", null);
        }
        assertRefused(
                () ->
                        call(
                                acme,
                                "createPrincipalRateLimitEntity",
                                "{\"principalId\": \"0oa1\", \"principalType\": \"OAUTH_CLIENT\"}"),
                "E0000007",
                null);
    }

    @Test
    @DisplayName(
            "P34 replacing changes the share, its dates and the next request; the same again nothing")
    void replaced() {
        String token = ground.token(acme);
        JsonNode made = Json.parse(create(acme, token, "").body());
        ground.ground.clock.move(java.time.Duration.ofMinutes(1));
        int before = updates(acme);

        JsonNode changed = replace(acme, made, token, 10);

        assertThat(changed.path("defaultPercentage").intValue()).isEqualTo(10);
        assertThat(changed.path("createdDate")).isEqualTo(made.path("createdDate"));
        assertThat(changed.path("lastUpdate")).isNotEqualTo(made.path("lastUpdate"));
        assertThat(settings(acme).shares().get(token)).isEqualTo(new TokenShare(10, 50));
        assertThat(updates(acme)).isEqualTo(before + 1);
        JsonNode event = ground.events(acme, "system.rate_limit.configuration.update").getLast();
        JsonNode told = event.path("debugContext").path("debugData");
        assertThat(told.path("oldRateLimitPercentage").asString()).isEqualTo("50");
        assertThat(told.path("newRateLimitPercentage").asString()).isEqualTo("10");

        assertThat(replace(acme, made, token, 10)).isEqualTo(changed);
        assertThat(updates(acme)).isEqualTo(before + 1);

        assertRefused(
                () -> replace(acme, made, ground.token(acme), 10),
                "E0000001",
                "principalId: The principal of a rate limit cannot be changed.");
    }

    @Test
    @DisplayName("P40 another org finds neither the limit nor a share, and changes nothing")
    void apart() {
        String token = ground.token(acme);
        JsonNode made = Json.parse(create(acme, token, "").body());
        String id = made.path("id").asString();
        assertRefused(() -> get(other, id), "E0000007", null);
        assertRefused(() -> replace(other, made, token, 1), "E0000007", null);
        assertThat(list(other, ALL).path(0).isMissingNode()).isTrue();
        assertThat(settings(other).shares()).isEmpty();
        assertThat(get(acme, id)).isEqualTo(made);
    }

    @Test
    @DisplayName("P34 a limit goes with its token")
    void goesWithItsToken() {
        String token = ground.token(acme);
        String id = Json.parse(create(acme, token, "").body()).path("id").asString();
        ground.revoke(acme, token);
        assertRefused(() -> get(acme, id), "E0000007", null);
    }

    @Test
    @DisplayName("P24 lists the limit of one principal")
    void listsOfOne() {
        String token = ground.token(acme);
        String id = Json.parse(create(acme, token, "").body()).path("id").asString();
        create(acme, ground.token(acme), "");
        JsonNode listed = list(acme, ALL + "%20and%20principalId%20eq%20%22" + token + "%22");
        assertThat(listed.valueStream().map(limit -> limit.path("id").asString()))
                .containsExactly(id);
    }

    @Test
    @DisplayName("P24 P26 lists by principal type, page by page")
    void lists() {
        for (int i = 0; i < 7; i++) {
            create(acme, ground.token(acme), "");
        }
        List<String> all = new ArrayList<>();
        list(acme, ALL + "&limit=50").forEach(limit -> all.add(limit.path("id").asString()));
        List<String> paged = new ArrayList<>();
        String query = ALL + "&limit=3";
        while (!query.isEmpty()) {
            Reply page = ground.reply(acme, "listPrincipalRateLimitEntities", query, Map.of(), "");
            Json.parse(page.body()).forEach(limit -> paged.add(limit.path("id").asString()));
            query =
                    page.headers().stream()
                            .filter(line -> line.value().contains("rel=\"next\""))
                            .map(line -> line.value().replaceAll("^<[^?]*\\?|>.*", ""))
                            .findFirst()
                            .orElse("");
        }
        assertThat(paged).hasSizeGreaterThanOrEqualTo(7).isEqualTo(all).isSorted();
        assertThat(list(acme, "filter=principalType%20eq%20%22OAUTH_CLIENT%22")).isEmpty();
        assertRefused(() -> list(acme, ""), "E0000001", "filter: The field cannot be left blank");
        assertRefused(() -> list(acme, ALL + "&limit=51"), "E0000001", null);
        assertRefused(() -> list(acme, "filter=orgId%20eq%20%22x%22"), "E0000031", null);
        assertRefused(() -> list(acme, ALL + "&after=x"), "E0000029", null);
    }

    @Test
    @DisplayName("P39 two make one at the same time: one does, the other is refused")
    void twoThreads() throws Exception {
        for (int round = 0; round < 20; round++) {
            String token = ground.token(acme);
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Future<Integer>> both =
                        IntStream.range(0, 2)
                                .mapToObj(
                                        i ->
                                                threads.submit(
                                                        () -> {
                                                            try {
                                                                return create(acme, token, "")
                                                                        .status();
                                                            } catch (ApiException e) {
                                                                return e.code().equals("E0000001")
                                                                        ? 400
                                                                        : 500;
                                                            }
                                                        }))
                                .toList();
                assertThat(List.of(both.get(0).get(), both.get(1).get()))
                        .containsExactlyInAnyOrder(201, 400);
            }
        }
    }

    private Reply create(Org org, String token, String more) {
        return call(
                org,
                "createPrincipalRateLimitEntity",
                "{\"principalId\": \"%s\", \"principalType\": \"SSWS_TOKEN\"%s}"
                        .formatted(token, more));
    }

    private JsonNode replace(Org org, JsonNode limit, String token, int percent) {
        return ground.call(
                org,
                "replacePrincipalRateLimitEntity",
                "",
                Map.of("principalRateLimitId", limit.path("id").asString()),
                "{\"principalId\": \"%s\", \"principalType\": \"SSWS_TOKEN\", \"defaultPercentage\": %d}"
                        .formatted(token, percent));
    }

    private JsonNode get(Org org, String id) {
        return ground.call(
                org, "getPrincipalRateLimitEntity", "", Map.of("principalRateLimitId", id));
    }

    private JsonNode list(Org org, String query) {
        return ground.call(org, "listPrincipalRateLimitEntities", query, Map.of());
    }

    private Reply call(Org org, String operation, String body) {
        return ground.reply(org, operation, "", Map.of(), body);
    }

    private LimitSettings settings(Org org) {
        return ground.limits.at(org, ground.versions.now(org));
    }

    private int updates(Org org) {
        return ground.events(org, "system.rate_limit.configuration.update").size();
    }

    private static void assertRefused(
            Runnable call, String code, @org.jspecify.annotations.Nullable String cause) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(call::run)
                .satisfies(
                        thrown -> {
                            assertThat(thrown.code()).isEqualTo(code);
                            if (cause != null) {
                                assertThat(thrown.causes()).containsExactly(cause);
                            }
                        });
    }
}
