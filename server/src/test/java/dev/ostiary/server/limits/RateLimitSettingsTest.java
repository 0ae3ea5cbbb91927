package dev.ostiary.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.limits.LimitSettings;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("P34 settings of rate limits")
class RateLimitSettingsTest {

    private static final String CHANGED = "system.rate_limit.configuration.update";

    private final LimitsGround ground;
    private final Org acme;
    private final Org other;
    private final Org strict;

    RateLimitSettingsTest(DatabaseAccess access) {
        ground = new LimitsGround(access);
        acme = ground.ground.acme;
        other = ground.ground.other;
        strict = ground.ground.strict;
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName(
            "P34 an org that has chosen nothing: notifications on, threshold 90, clients ENFORCE")
    void untouched() {
        assertThat(text(other, "getRateLimitSettingsAdminNotifications"))
                .isEqualTo("{\"notificationsEnabled\":true}");
        assertThat(text(other, "getRateLimitSettingsWarningThreshold"))
                .isEqualTo("{\"warningThreshold\":90}");
        assertThat(text(other, "getRateLimitSettingsPerClient"))
                .isEqualTo("{\"defaultMode\":\"ENFORCE\"}");
        assertThat(settings(other).warningPercent()).isEqualTo(90);
    }

    @Test
    @DisplayName("P34 P38 each setting is replaced by itself, and the log says from what to what")
    void replaced() {
        int othersBefore = ground.events(other, CHANGED).size();
        put("WarningThreshold", "{\"warningThreshold\": 66}");
        put("AdminNotifications", "{\"notificationsEnabled\": false}");
        put(
                "PerClient",
                "{\"defaultMode\": \"PREVIEW\", \"useCaseModeOverrides\": {\"LOGIN_PAGE\": \"DISABLE\"}}");

        assertThat(text(acme, "getRateLimitSettingsWarningThreshold"))
                .isEqualTo("{\"warningThreshold\":66}");
        assertThat(text(acme, "getRateLimitSettingsAdminNotifications"))
                .isEqualTo("{\"notificationsEnabled\":false}");
        assertThat(text(acme, "getRateLimitSettingsPerClient"))
                .isEqualTo(
                        "{\"defaultMode\":\"PREVIEW\",\"useCaseModeOverrides\":{\"LOGIN_PAGE\":\"DISABLE\"}}");
        assertThat(settings(acme).warningPercent()).isEqualTo(66);
        List<JsonNode> told =
                ground.events(acme, CHANGED).stream()
                        .map(event -> event.path("debugContext").path("debugData"))
                        .toList();
        assertThat(told).hasSize(3);
        assertThat(told.get(0).path("oldThreshold").asString()).isEqualTo("90");
        assertThat(told.get(0).path("newThreshold").asString()).isEqualTo("66");
        assertThat(told.get(1).path("notificationEnabled").asString()).isEqualTo("false");
        assertThat(told.get(2).path("clientRateLimitSettings").asString())
                .isEqualTo(
                        "{LOGIN={currentMode=DISABLE, previousMode=ENFORCE},"
                                + " OAUTH2_AUTHORIZE={currentMode=PREVIEW, previousMode=ENFORCE},"
                                + " OIE_APP_INTENT={currentMode=PREVIEW, previousMode=ENFORCE}}");

        put("WarningThreshold", "{\"warningThreshold\": 66}");
        put("PerClient", "{\"defaultMode\": \"ENFORCE\"}");
        assertThat(ground.events(acme, CHANGED)).hasSize(4);
        assertThat(text(acme, "getRateLimitSettingsPerClient"))
                .isEqualTo("{\"defaultMode\":\"ENFORCE\"}");
        assertThat(ground.events(other, CHANGED)).hasSize(othersBefore);
        assertThat(text(other, "getRateLimitSettingsWarningThreshold"))
                .isEqualTo("{\"warningThreshold\":90}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"warningThreshold\": 29}",
                "{\"warningThreshold\": 91}",
                "{\"warningThreshold\": null}",
                "{\"warningThreshold\": \"60\"}"
            })
    @DisplayName("P6 thresholds out of bounds are refused")
    void thresholds(String body) {
        assertRefused(strict, "replaceRateLimitSettingsWarningThreshold", Map.of(), body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"defaultMode\": \"enforce\"}",
                "{\"defaultMode\": 1}",
                "{\"defaultMode\": \"ENFORCE\", \"useCaseModeOverrides\": {\"LOGIN_PAGE\": \"NO\"}}",
                "{\"defaultMode\": \"ENFORCE\", \"useCaseModeOverrides\": []}"
            })
    @DisplayName("P6 modes that there are not are refused")
    void modes(String body) {
        assertRefused(strict, "replaceRateLimitSettingsPerClient", Map.of(), body);
    }

    @Test
    @DisplayName("P39 concurrent changes of different settings lose none")
    void concurrent() throws Exception {
        for (int round = 0; round < 10; round++) {
            int threshold = 40 + round;
            boolean enabled = round % 2 == 0;
            List<Runnable> changes =
                    List.of(
                            () ->
                                    put(
                                            strict,
                                            "WarningThreshold",
                                            "{\"warningThreshold\": " + threshold + "}"),
                            () ->
                                    put(
                                            strict,
                                            "AdminNotifications",
                                            "{\"notificationsEnabled\": " + enabled + "}"));
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<? extends Future<?>> both =
                        IntStream.range(0, 2)
                                .mapToObj(i -> threads.submit(changes.get(i)))
                                .toList();
                for (Future<?> one : both) {
                    one.get();
                }
            }
            assertThat(text(strict, "getRateLimitSettingsWarningThreshold"))
                    .isEqualTo("{\"warningThreshold\":" + threshold + "}");
            assertThat(text(strict, "getRateLimitSettingsAdminNotifications"))
                    .isEqualTo("{\"notificationsEnabled\":" + enabled + "}");
        }
    }

    @Test
    @DisplayName("P34 the operator gives an org a profile of its own; an org cannot")
    void profiles() {
        Map<String, String> ofOther = Map.of("orgId", other.id());
        assertThat(settings(other).profile().name()).isEqualTo("unlimited");
        assertThat(
                        ground.call(
                                        acme,
                                        "replaceOstiaryOrgRateLimits",
                                        "",
                                        ofOther,
                                        "{\"profile\": \"enterprise:5\"}")
                                .toString())
                .isEqualTo("{\"profile\":\"enterprise:5\",\"inEffect\":\"enterprise:5\"}");
        assertThat(settings(other).profile().name()).isEqualTo("enterprise:5");
        assertThat(settings(acme).profile().name()).isEqualTo("unlimited");

        assertThat(
                        ground.call(
                                        acme,
                                        "replaceOstiaryOrgRateLimits",
                                        "",
                                        Map.of("orgId", other.name()),
                                        "{\"profile\": null}")
                                .toString())
                .isEqualTo("{\"profile\":null,\"inEffect\":\"unlimited\"}");
        assertThat(settings(other).profile().name()).isEqualTo("unlimited");
        assertThat(
                        ground.call(acme, "getOstiaryOrgRateLimits", "", ofOther)
                                .path("inEffect")
                                .asString())
                .isEqualTo("unlimited");

        assertRefused(acme, "replaceOstiaryOrgRateLimits", ofOther, "{\"profile\": \"gold\"}");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(
                        () ->
                                ground.call(
                                        other,
                                        "replaceOstiaryOrgRateLimits",
                                        "",
                                        ofOther,
                                        "{\"profile\": \"unlimited\"}"))
                .satisfies(thrown -> assertThat(thrown.code()).isEqualTo("E0000006"));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(
                        () ->
                                ground.call(
                                        acme,
                                        "getOstiaryOrgRateLimits",
                                        "",
                                        Map.of("orgId", "nobody")))
                .satisfies(thrown -> assertThat(thrown.code()).isEqualTo("E0000007"));
    }

    @Test
    @DisplayName("P38 P40 a profile that changes stands in the log of its org, not of who says so")
    void profileEvents() {
        int before = ground.events(acme, CHANGED).size();
        Map<String, String> ofStrict = Map.of("orgId", strict.id());
        int others = ground.events(strict, CHANGED).size();
        ground.call(
                acme, "replaceOstiaryOrgRateLimits", "", ofStrict, "{\"profile\": \"developer\"}");
        ground.call(
                acme, "replaceOstiaryOrgRateLimits", "", ofStrict, "{\"profile\": \"developer\"}");
        ground.call(acme, "replaceOstiaryOrgRateLimits", "", ofStrict, "{\"profile\": null}");

        assertThat(ground.events(acme, CHANGED)).hasSize(before);
        List<JsonNode> told = ground.events(strict, CHANGED);
        assertThat(told.stream().skip(others))
                .extracting(
                        event -> event.path("debugContext").path("debugData").path("oldProfile"),
                        event -> event.path("debugContext").path("debugData").path("newProfile"))
                .extracting(Tuple::toList)
                .extracting(Object::toString)
                .containsExactly(
                        "[\"unlimited\", \"developer\"]", "[\"developer\", \"unlimited\"]");
        JsonNode event = told.getLast();
        assertThat(event.path("actor").path("type").asString()).isEqualTo("SystemPrincipal");
        assertThat(event.path("target").path(0).path("id").asString()).isEqualTo(strict.id());
        assertThat(event.path("outcome").path("result").asString()).isEqualTo("SUCCESS");
    }

    private void put(String setting, String body) {
        put(acme, setting, body);
    }

    private void put(Org org, String setting, String body) {
        ground.call(org, "replaceRateLimitSettings" + setting, "", Map.of(), body);
    }

    private String text(Org org, String operation) {
        return Json.text(ground.call(org, operation, "", Map.of()));
    }

    private LimitSettings settings(Org org) {
        return ground.limits.at(org, ground.versions.now(org));
    }

    private void assertRefused(
            Org org, String operation, Map<String, String> variables, String body) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> ground.call(org, operation, "", variables, body))
                .satisfies(thrown -> assertThat(thrown.code()).isEqualTo("E0000001"));
    }
}
