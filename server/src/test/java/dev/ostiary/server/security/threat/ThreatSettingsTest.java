package dev.ostiary.server.security.threat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreatSettingsTest {

    private final Ground ground;
    private final Operations operations;
    private final ThreatInsight threats;
    private final AttackProtection attacks;
    private final Org org;

    ThreatSettingsTest(DatabaseAccess access) {
        ground = new Ground(access);
        org = ground.acme;
        EventCatalogue events = EventCatalogue.load();
        threats =
                new ThreatInsight(
                        ground.database,
                        ground.clock,
                        events,
                        (reader, where, id) -> id.startsWith("nzo"));
        attacks = new AttackProtection(ground.database, ground.clock, events);
        operations =
                new Operations(
                        ground,
                        threats,
                        attacks,
                        new BotProtection(ground.database, ground.clock, events));
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("P38 ThreatInsight does nothing at first, and is changed as documented")
    void threatInsight() {
        JsonNode untouched = call(org, "getCurrentConfiguration", "");
        assertThat(untouched.propertyNames())
                .containsExactly("action", "excludeZones", "created", "lastUpdated", "_links");
        assertThat(untouched.path("action").asString()).isEqualTo("none");
        assertThat(untouched.path("excludeZones")).isEmpty();
        assertThat(untouched.at("/_links/self/hints/allow").toString())
                .isEqualTo("[\"GET\",\"POST\"]");

        String body = "{\"action\":\"block\",\"excludeZones\":[\"nzo1\",\"nzo2\",\"nzo1\"]}";
        JsonNode changed = call(org, "updateConfiguration", body);

        assertThat(changed.path("action").asString()).isEqualTo("block");
        assertThat(changed.path("excludeZones").toString()).isEqualTo("[\"nzo1\",\"nzo2\"]");
        assertThat(changed.path("created")).isEqualTo(untouched.path("created"));
        assertThat(call(org, "updateConfiguration", body)).isEqualTo(changed);
        assertThat(call(org, "getCurrentConfiguration", "")).isEqualTo(changed);
        assertThat(events(org, "security.threat.configuration.update")).isEqualTo(1);
        JsonNode target =
                operations.event(org, "security.threat.configuration.update").path("target").get(0);
        assertThat(target.at("/changeDetails/from/action").asString()).isEqualTo("none");
        assertThat(target.at("/changeDetails/to/action").asString()).isEqualTo("block");
        assertThat(tied(org, "nzo2")).containsExactly("ThreatInsight");
        assertThat(tied(org, "nzo3")).isEmpty();
        assertThat(tied(ground.other, "nzo2")).isEmpty();
        assertThat(call(ground.other, "getCurrentConfiguration", "").path("action").asString())
                .isEqualTo("none");
    }

    @Test
    @DisplayName("P6 what ThreatInsight does not know is refused, each by its name")
    void refusedThreats() {
        refused("updateConfiguration", "{}", "action: The field cannot be left blank");
        refused(
                "updateConfiguration",
                "{\"action\":\"BLOCK\"}",
                "action: must be none, audit or block");
        refused(
                "updateConfiguration",
                "{\"action\":\"audit\",\"excludeZones\":[\"one\",\"nzo1\",\"two\"]}",
                "excludeZones: There is no network zone one",
                "excludeZones: There is no network zone two");
    }

    @Test
    @DisplayName("the dates of ThreatInsight in a strict org are as the original's")
    void strictDates() {
        assertThat(
                        call(ground.strict, "updateConfiguration", "{\"action\":\"audit\"}")
                                .path("lastUpdated")
                                .asString())
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    }

    /** What sign-in asks, at the versions that a request learns. */
    private AttackProtection.Lockout lockout(AttackProtection node, Org where) {
        return node.lockout(where.at(new ConfigVersionLookup(ground.database).now(where)));
    }

    @Test
    @DisplayName(
            "what counts at sign-in is kept in memory, and another node has it with its next request")
    void nodes() {
        AttackProtection another =
                new AttackProtection(ground.database, ground.clock, EventCatalogue.load());
        Org where = ground.strict;
        assertThat(lockout(another, where)).isEqualTo(new AttackProtection.Lockout(false));
        for (boolean on : new boolean[] {true, false, true}) {
            call(
                    where,
                    "replaceUserLockoutSettings",
                    "{\"preventBruteForceLockoutFromUnknownDevices\":" + on + "}");

            assertThat(lockout(another, where)).isEqualTo(new AttackProtection.Lockout(on));
            assertThat(lockout(attacks, where)).isEqualTo(new AttackProtection.Lockout(on));
        }
    }

    @Test
    @DisplayName("P38 both switches of attack protection are off, and each change is logged")
    void attackProtection() {
        String lockout = "{\"preventBruteForceLockoutFromUnknownDevices\":%s}";
        String second = "{\"verifyKnowledgeSecondWhen2faRequired\":%s}";
        assertThat(call(org, "getUserLockoutSettings", "").toString())
                .isEqualTo(lockout.formatted(false));
        assertThat(call(org, "getAuthenticatorSettings", "").toString())
                .isEqualTo(second.formatted(false));

        call(org, "replaceUserLockoutSettings", lockout.formatted(true));
        call(org, "replaceUserLockoutSettings", lockout.formatted(true));
        call(org, "replaceAuthenticatorSettings", second.formatted(true));

        assertThat(call(org, "getUserLockoutSettings", "").toString())
                .isEqualTo(lockout.formatted(true));
        assertThat(lockout(attacks, org)).isEqualTo(new AttackProtection.Lockout(true));
        assertThat(ground.database.read(org.number(), attacks::authenticators))
                .isEqualTo(new AttackProtection.Authenticators(true));
        assertThat(lockout(attacks, ground.other)).isEqualTo(new AttackProtection.Lockout(false));
        assertThat(events(org, "security.attack_protection.settings.update")).isEqualTo(2);
        assertThat(
                        operations
                                .event(org, "security.attack_protection.settings.update")
                                .at(
                                        "/target/0/changeDetails/to/verifyKnowledgeSecondWhen2faRequired")
                                .asBoolean())
                .isTrue();
        assertThat(call(org, "replaceUserLockoutSettings", "{}").toString())
                .isEqualTo(lockout.formatted(false));
        refused(
                "replaceAuthenticatorSettings",
                second.formatted("\"yes\""),
                "verifyKnowledgeSecondWhen2faRequired: must be a boolean");
    }

    @Test
    @DisplayName("P38 bots are logged at first; mode and the rest have an event each")
    void bots() {
        assertThat(call(org, "getBotProtectionConfiguration", "").toString())
                .startsWith(
                        "{\"level\":\"LOW\",\"mode\":\"LOG_ONLY\",\"supportedFlows\":"
                                + "[\"SIGN_IN\",\"SSR\",\"SSPR\"],\"_links\"");
        JsonNode enforced =
                call(
                        org,
                        "updateBotProtectionConfiguration",
                        "{\"level\":\"MEDIUM\",\"mode\":\"ENFORCED\",\"enforcementType\":\"OKTA_CHALLENGE\","
                                + "\"supportedFlows\":[\"SSR\",\"SSPR\"]}");
        assertThat(enforced.path("enforcementType").asString()).isEqualTo("OKTA_CHALLENGE");
        assertThat(call(org, "getBotProtectionConfiguration", "")).isEqualTo(enforced);
        assertThat(events(org, "security.bot_protection.status.update")).isEqualTo(1);
        assertThat(events(org, "security.bot_protection.settings.update")).isEqualTo(1);
        refused(
                "updateBotProtectionConfiguration",
                "{}",
                "level: The field cannot be left blank",
                "mode: The field cannot be left blank");
        refused(
                "updateBotProtectionConfiguration",
                "{\"level\":\"LOW\",\"mode\":\"ENFORCED\"}",
                "enforcementType: Api validation failed: enforcementType must be provided when mode"
                        + " is ENFORCED");
        refused(
                "updateBotProtectionConfiguration",
                "{\"level\":\"LOW\",\"mode\":\"LOG_ONLY\",\"supportedFlows\":[]}",
                "supportedFlows: Api validation failed: supportedFlows must have at least one"
                        + " supported flow");
    }

    @Test
    @DisplayName("P39 of changes at once one is the last, and nobody fails")
    void atOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String action = List.of("none", "audit", "block").get(i % 3);
                all.add(
                        threads.submit(
                                () ->
                                        call(
                                                ground.other,
                                                "updateConfiguration",
                                                "{\"action\":\"" + action + "\"}")));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(call(ground.other, "getCurrentConfiguration", "").path("action").asString())
                .isIn("none", "audit", "block");
        call(ground.other, "updateConfiguration", "{\"action\":\"none\"}");
    }

    private List<String> tied(Org where, String zone) {
        return ground.database.read(where.number(), reader -> threats.tiedTo(reader, zone));
    }

    private long events(Org where, String type) {
        return operations.events(where).stream().filter(type::equals).count();
    }

    private JsonNode call(Org where, String operation, String body) {
        return Json.parse(operations.call(where, operation, "", body).body());
    }

    private void refused(String operation, String body, String... causes) {
        assertThatThrownBy(() -> call(org, operation, body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000001");
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }
}
