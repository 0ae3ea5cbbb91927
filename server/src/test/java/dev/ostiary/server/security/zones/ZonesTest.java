package dev.ostiary.server.security.zones;

import static dev.ostiary.server.security.zones.ZoneGround.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZonesTest {

    private static final String TAKEN =
            "name: An object with this field already exists in the current organization";

    private final ZoneGround ground;
    private final Org org;
    private final Org other;

    ZonesTest(DatabaseAccess access) {
        ground = new ZoneGround(access, Atlas.none());
        org = ground.org;
        other = ground.other;
    }

    @BeforeEach
    void fromTheBeginning() {
        ground.forget(org);
        ground.forget(other);
        ground.used.clear();
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("a zone that is made reads as the documentation shows it, links included")
    void created() {
        JsonNode made =
                ground.create(
                        org,
                        """
                        {"type": "IP", "id": null, "name": "newNetworkZone", "status": "ACTIVE", "created": null,
                         "gateways": [{"type": "CIDR", "value": "1.2.3.4/24"}, {"type": "RANGE", "value": "2.3.4.5-2.3.4.15"}],
                         "proxies": [{"type": "CIDR", "value": "2001:db8::/32"}], "unknown": 1}""");
        assertThat(made.propertyNames())
                .containsExactly(
                        "type",
                        "id",
                        "name",
                        "status",
                        "usage",
                        "created",
                        "lastUpdated",
                        "system",
                        "gateways",
                        "proxies",
                        "_links");
        assertThat(made.path("id").stringValue()).startsWith("nzo").hasSize(20);
        assertThat(made.path("usage").stringValue()).isEqualTo("POLICY");
        assertThat(made.path("system").booleanValue()).isFalse();
        assertThat(made.path("created").stringValue()).matches(".*\\.\\d{3}Z");
        assertThat(made.path("gateways").toString())
                .isEqualTo(
                        "[{\"type\":\"CIDR\",\"value\":\"1.2.3.4/24\"},{\"type\":\"RANGE\",\"value\":\"2.3.4.5-2.3.4.15\"}]");
        assertThat(made.at("/_links/deactivate/href").stringValue())
                .isEqualTo(
                        "https://acme.test/api/v1/zones/"
                                + made.path("id").stringValue()
                                + "/lifecycle/deactivate");
        assertThat(ground.get(org, made.path("id").stringValue())).isEqualTo(made);
        assertThat(ground.events(org)).containsExactly("zone.create");
    }

    @Test
    @DisplayName("the four zones of the system are there before anybody touches them")
    void systemZones() {
        assertThat(ground.names(org, ""))
                .containsExactly(
                        "LegacyIpZone",
                        "BlockedIpZone",
                        "DefaultExemptIpZone",
                        "DefaultEnhancedDynamicZone");
        JsonNode blocked = zone("BlockedIpZone");
        assertThat(blocked.path("usage").stringValue()).isEqualTo("BLOCKLIST");
        assertThat(blocked.path("system").booleanValue()).isTrue();
        assertThat(blocked.path("gateways").isNull()).isTrue();
        assertThat(blocked.path("proxies").isNull()).isTrue();
        assertThat(ground.get(org, blocked.path("id").stringValue())).isEqualTo(blocked);
        assertThat(ground.events(org)).isEmpty();
    }

    @Test
    @DisplayName("the enhanced zone of the system blocks anonymizers once it is activated")
    void enhancedZone() {
        JsonNode untouched = zone("DefaultEnhancedDynamicZone");
        assertThat(untouched.path("type").stringValue()).isEqualTo("DYNAMIC_V2");
        assertThat(untouched.path("status").stringValue()).isEqualTo("INACTIVE");
        assertThat(untouched.path("usage").stringValue()).isEqualTo("BLOCKLIST");
        assertThat(untouched.path("system").booleanValue()).isTrue();
        assertThat(untouched.at("/ipServiceCategories/include").toString())
                .isEqualTo("[\"ALL_ANONYMIZERS\"]");
        assertThat(untouched.at("/locations/include")).isEmpty();
        assertThat(untouched.at("/_links/activate").isObject()).isTrue();
        assertThat(untouched.at("/_links/self/hints/allow").toString()).doesNotContain("DELETE");
        String id = untouched.path("id").stringValue();
        assertRefused("E0000111", () -> ground.call(org, "deleteNetworkZone", id, "", ""));

        ground.call(org, "activateNetworkZone", id, "", "");
        JsonNode active = ground.get(org, id);
        assertThat(active.path("status").stringValue()).isEqualTo("ACTIVE");
        assertThat(active.path("created")).isEqualTo(untouched.path("created"));
        assertThat(active.path("ipServiceCategories"))
                .isEqualTo(untouched.path("ipServiceCategories"));
        JsonNode changed =
                replace(
                        id,
                        "{\"type\":\"DYNAMIC_V2\",\"name\":\"No Tor\",\"usage\":\"BLOCKLIST\","
                                + "\"ipServiceCategories\":{\"include\":[\"ANONYMIZER_TOR\"]}}");
        assertThat(changed.path("name").stringValue()).isEqualTo("No Tor");
        assertThat(changed.path("system").booleanValue()).isTrue();
        assertRefused(
                "E0000001",
                () -> replace(id, body("No Tor", "BLOCKLIST", "gateways", "10.0.0.0/8")));
        assertRefused("E0000111", () -> ground.call(org, "deleteNetworkZone", id, "", ""));
        assertThat(ground.events(org)).containsExactly("zone.activate", "zone.update");
    }

    @Test
    @DisplayName("a system zone that is touched keeps its id and date, and only then has a row")
    void touchedSystemZone() {
        JsonNode legacy = zone("LegacyIpZone");
        String id = legacy.path("id").stringValue();
        JsonNode changed =
                ZoneGround.json(
                        ground.call(
                                org,
                                "replaceNetworkZone",
                                id,
                                "",
                                body("Head office", "POLICY", "gateways", "203.0.113.0/24")));
        assertThat(changed.path("id").stringValue()).isEqualTo(id);
        assertThat(changed.path("created")).isEqualTo(legacy.path("created"));
        assertThat(changed.path("system").booleanValue()).isTrue();
        assertThat(ground.names(org, ""))
                .containsExactly(
                        "Head office",
                        "BlockedIpZone",
                        "DefaultExemptIpZone",
                        "DefaultEnhancedDynamicZone");
        assertThat(ground.get(org, id)).isEqualTo(changed);
        assertThat(ground.events(org)).containsExactly("zone.update");
        assertRefused("E0000111", () -> ground.call(org, "deleteNetworkZone", id, "", ""));
    }

    @Test
    @DisplayName("an address that is none is named in a sentence, each of them")
    void badAddresses() {
        assertCauses(
                () ->
                        ground.create(
                                org,
                                """
                                {"type": "IP", "name": "bad", "gateways": [
                                  {"type": "RANGE", "value": "1.2.3.4.5-1.2.3.6"}, {"type": "CIDR", "value": "10.0.0.0/33"},
                                  {"type": "RANGE", "value": "10.0.0.9-10.0.0.1"}, {"type": "RANGE", "value": "10.0.0.1-::1"}],
                                 "proxies": [{"type": "CIDR", "value": "2001:zz::/32"}]}"""),
                "gateways: The IP: 1.2.3.4.5 in the RANGE: 1.2.3.4.5-1.2.3.6 is invalid. Make sure it is a valid IPV4.",
                "gateways: The CIDR: 10.0.0.0/33 is invalid.",
                "gateways: The RANGE: 10.0.0.9-10.0.0.1 is invalid.",
                "gateways: The RANGE: 10.0.0.1-::1 is invalid.",
                "proxies: The IP: 2001:zz:: in the CIDR: 2001:zz::/32 is invalid. Make sure it is a valid IPV6.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"IP\"}",
                "{\"type\":\"IP\",\"name\":\"x\"}",
                "{\"type\":\"IP\",\"name\":\"x\",\"gateways\":[]}",
                "{\"type\":\"IP\",\"name\":\"x\",\"gateways\":[{\"value\":\"1.2.3.4/24\"}]}",
                "{\"type\":\"IP\",\"name\":\"x\",\"gateways\":{\"value\":1}}",
                "{\"type\":\"IP\",\"name\":\" \",\"gateways\":[{\"type\":\"CIDR\",\"value\":\"1.2.3.4/24\"}]}",
                "{\"type\":\"PLANET\",\"name\":\"x\"}",
                "{\"type\":\"DYNAMIC\",\"name\":\"x\"}",
                "{\"type\":\"DYNAMIC\",\"name\":\"x\",\"asns\":[\"AS1\"]}",
                "{\"type\":\"DYNAMIC\",\"name\":\"x\",\"asns\":[\"4294967296\"]}",
                "{\"type\":\"DYNAMIC\",\"name\":\"x\",\"proxyType\":\"Some\"}",
                "{\"type\":\"DYNAMIC\",\"name\":\"x\",\"locations\":[{\"country\":\"Germany\"}]}",
                "{\"type\":\"DYNAMIC\",\"name\":\"x\",\"locations\":[{\"region\":\"DE-BE\"}]}",
                "{\"type\":\"DYNAMIC_V2\",\"name\":\"x\"}",
                "{\"type\":\"DYNAMIC_V2\",\"name\":\"x\",\"ipServiceCategories\":{\"include\":[\"TELEPATHY\"]}}",
                "{\"type\":\"IP\",\"name\":\"x\",\"usage\":\"BLOCKLIST\",\"proxies\":[{\"type\":\"CIDR\",\"value\":\"1.2.3.4/24\"}]}"
            })
    @DisplayName("P6 what is no zone is refused with the cause")
    void noZone(String text) {
        assertRefused("E0000001", () -> ground.create(org, text));
        assertThat(ground.names(org, "")).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"POLICY,gateways,150", "POLICY,proxies,150", "BLOCKLIST,gateways,1000"})
    @DisplayName("a zone holds as many entries as documented, and no more")
    void entries(String usage, String field, int most) {
        String[] fits = cidrs(most);
        String[] tooMany = cidrs(most + 1);
        ground.create(org, body("fits", usage, field, fits));
        assertCauses(
                () -> ground.create(org, body("more", usage, field, tooMany)),
                field + ": must be at most " + most + " entries");
    }

    @Test
    @DisplayName("a system zone holds 5 000 entries, which are found without looking at each")
    void manyEntries() {
        String id = zone("LegacyIpZone").path("id").stringValue();
        ground.call(
                org,
                "replaceNetworkZone",
                id,
                "",
                body("LegacyIpZone", "POLICY", "gateways", cidrs(5000)));
        assertThat(ground.map(org).zoneOf(ZoneGround.address("10.19.135.255")))
                .contains("LegacyIpZone");
        assertThat(ground.map(org).zoneOf(ZoneGround.address("10.19.136.0"))).isEmpty();
    }

    @Test
    @DisplayName("names are unique in an org, the system's included, and free in another")
    void names() {
        ground.ip(org, "Office", "POLICY", "10.0.0.0/8");
        assertCauses(() -> ground.ip(org, "Office", "POLICY", "11.0.0.0/8"), TAKEN);
        assertCauses(() -> ground.ip(org, "LegacyIpZone", "POLICY", "11.0.0.0/8"), TAKEN);
        ground.ip(other, "Office", "POLICY", "10.0.0.0/8");
        String id = ground.ip(org, "Home", "POLICY", "11.0.0.0/8");
        assertCauses(
                () ->
                        ground.call(
                                org,
                                "replaceNetworkZone",
                                id,
                                "",
                                body("Office", "POLICY", "gateways", "11.0.0.0/8")),
                TAKEN);
    }

    @Test
    @DisplayName(
            "P39 of zones made at the same time, only one gets a name, and none exceeds the limit")
    void atTheSameTime() throws Exception {
        for (int i = 0; i < ZoneRules.MOST_ZONES - 3; i++) {
            ground.ip(org, "zone " + i, "POLICY", "10.0.0.0/8");
        }
        List<Future<String>> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                String name = "twin " + i % 6;
                made.add(threads.submit(() -> ground.ip(org, name, "POLICY", "10.0.0.0/8")));
            }
        }
        assertThat(made).filteredOn(f -> f.state() == Future.State.SUCCESS).hasSize(3);
        List<String> names = ground.names(org, "");
        assertThat(names)
                .hasSize(ZoneRules.MOST_ZONES + SystemZone.values().length)
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("P9 a zone that is replaced says so; the same again is no update")
    void replaced() {
        String id = ground.ip(org, "Office", "POLICY", "10.0.0.0/8");
        String wanted = body("Office", "BLOCKLIST", "gateways", "11.0.0.0/8");
        JsonNode changed = ZoneGround.json(ground.call(org, "replaceNetworkZone", id, "", wanted));
        assertThat(changed.path("usage").stringValue()).isEqualTo("BLOCKLIST");
        ground.call(org, "replaceNetworkZone", id, "", wanted);
        assertThat(ground.get(org, id)).isEqualTo(changed);
        ground.call(
                org,
                "replaceNetworkZone",
                id,
                "",
                body("Office", "POLICY", "gateways", "11.0.0.0/8"));
        assertThat(ground.events(org))
                .containsExactly(
                        "zone.create",
                        "zone.make_blacklist",
                        "zone.update",
                        "zone.remove_blacklist",
                        "zone.update");
        assertCauses(
                () ->
                        ground.call(
                                org,
                                "replaceNetworkZone",
                                id,
                                "",
                                "{\"type\":\"DYNAMIC\",\"name\":\"Office\",\"asns\":[\"1\"]}"),
                "type: The type of a zone cannot be changed.");
    }

    @Test
    @DisplayName("a zone is deactivated and activated, once each, with its links and events")
    void lifecycle() {
        String id = ground.ip(org, "Office", "POLICY", "10.0.0.0/8");
        JsonNode off = ZoneGround.json(ground.call(org, "deactivateNetworkZone", id, "", ""));
        assertThat(off.path("status").stringValue()).isEqualTo("INACTIVE");
        assertThat(off.at("/_links/activate/href").stringValue()).endsWith("/lifecycle/activate");
        assertThat(off.at("/_links/self/hints/allow").toString()).contains("DELETE");
        ground.call(org, "deactivateNetworkZone", id, "", "");
        assertThat(ground.map(org).zoneOf(ZoneGround.address("10.1.1.1"))).isEmpty();
        JsonNode on = ZoneGround.json(ground.call(org, "activateNetworkZone", id, "", ""));
        assertThat(on.path("status").stringValue()).isEqualTo("ACTIVE");
        assertThat(on.at("/_links/self/hints/allow").toString()).doesNotContain("DELETE");
        assertThat(ground.map(org).zoneOf(ZoneGround.address("10.1.1.1"))).contains("Office");
        assertThat(ground.events(org))
                .containsExactly("zone.create", "zone.deactivate", "zone.activate");
    }

    @Test
    @DisplayName("only a zone that is inactive and that nobody uses is deleted")
    void deletion() {
        String id = ground.ip(org, "Office", "POLICY", "10.0.0.0/8");
        assertRefused("E0000107", () -> ground.call(org, "deleteNetworkZone", id, "", ""));
        ground.call(org, "deactivateNetworkZone", id, "", "");
        ground.used.add(id);
        assertRefused("E0000006", () -> ground.call(org, "deleteNetworkZone", id, "", ""));
        ground.used.clear();
        assertThat(ground.call(org, "deleteNetworkZone", id, "", "").status()).isEqualTo(204);
        assertRefused("E0000007", () -> ground.call(org, "deleteNetworkZone", id, "", ""));
        assertRefused("E0000007", () -> ground.get(org, id));
        assertThat(ground.events(org)).endsWith("zone.deactivate", "zone.delete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getNetworkZone",
                "replaceNetworkZone",
                "deleteNetworkZone",
                "activateNetworkZone",
                "deactivateNetworkZone",
                "deleteOstiaryZone"
            })
    @DisplayName("P40 another org's zone is as one that never was")
    void otherOrgs(String operation) {
        String id = ground.ip(other, "Secret", "POLICY", "10.0.0.0/8");
        String wanted = body("Mine", "POLICY", "gateways", "11.0.0.0/8");
        for (String asked : List.of(id, "nzo00000000000000000", "x")) {
            assertThatThrownBy(() -> ground.call(org, operation, asked, "", wanted))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            e ->
                                    assertThat(e.arguments())
                                            .containsExactly(
                                                    "Resource not found: "
                                                            + asked
                                                            + " (NetworkZone)"));
        }
        assertThat(ground.names(other, "")).contains("Secret");
        assertThat(ground.events(org)).isEmpty();
        assertThat(ground.map(org).zoneOf(ZoneGround.address("10.1.1.1"))).isEmpty();
    }

    @Test
    @DisplayName("P24 the list pages by ids, names itself, and takes a limit of -1 for all")
    void pages() {
        for (int i = 0; i < 5; i++) {
            ground.ip(org, "zone " + i, "POLICY", "10.0.0.0/8");
        }
        List<String> seen = new ArrayList<>();
        String query = "limit=3";
        while (query != null) {
            Reply page = ground.call(org, "listNetworkZones", "", query, "");
            List<String> links =
                    page.headers().stream()
                            .filter(header -> header.name().equals("Link"))
                            .map(header -> header.value())
                            .toList();
            assertThat(links.getFirst()).endsWith("rel=\"self\"");
            ZoneGround.json(page).forEach(zone -> seen.add(zone.path("name").stringValue()));
            query =
                    links.size() < 2
                            ? null
                            : links.get(1).replaceAll("^<[^?]*\\?", "").replaceAll(">.*", "");
        }
        assertThat(seen).isEqualTo(ground.names(org, "limit=-1")).hasSize(9);
        assertRefused("E0000029", () -> ground.names(org, "after=nobody"));
        assertRefused("E0000001", () -> ground.names(org, "limit=0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usage eq \"BLOCKLIST\" | BlockedIpZone,DefaultEnhancedDynamicZone,Bad",
                "system eq true and usage eq \"POLICY\" | LegacyIpZone,DefaultExemptIpZone",
                "not (system eq true) | Good,Bad",
                "id eq \"nothing\" or (usage eq \"POLICY\" and system eq false) | Good"
            })
    @DisplayName("P28 zones are filtered by id, usage and system")
    void filter(String filter, String expected) {
        ground.ip(org, "Good", "POLICY", "10.0.0.0/8");
        ground.ip(org, "Bad", "BLOCKLIST", "11.0.0.0/8");
        String query = "filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
        assertThat(ground.names(org, query)).containsExactlyInAnyOrder(expected.strip().split(","));
    }

    @Test
    @DisplayName("P28 other attributes are refused")
    void unknownAttribute() {
        assertRefused("E0000031", () -> ground.names(org, "filter=name%20eq%20%22x%22"));
    }

    @Test
    @DisplayName("the exempt zone keeps its use and has no proxies")
    void exemptZone() {
        String id = zone("DefaultExemptIpZone").path("id").stringValue();
        String gateways = "\"gateways\":[{\"type\":\"CIDR\",\"value\":\"10.0.0.0/8\"}]";
        assertCauses(
                () ->
                        replace(
                                id,
                                "{\"type\":\"IP\",\"name\":\"DefaultExemptIpZone\","
                                        + gateways
                                        + "}"),
                "useAsExemptList: The network zone does not allow usage changes for DefaultExemptIpZone.");
        assertRefused(
                "E0000001",
                () ->
                        replace(
                                id,
                                "{\"type\":\"IP\",\"name\":\"DefaultExemptIpZone\",\"useAsExemptList\":true,"
                                        + "\"proxies\":[{\"type\":\"CIDR\",\"value\":\"10.0.0.0/8\"}]}"));
        JsonNode changed =
                replace(
                        id,
                        "{\"type\":\"IP\",\"name\":\"DefaultExemptIpZone\",\"useAsExemptList\":true,"
                                + gateways
                                + "}");
        assertThat(changed.path("useAsExemptList").booleanValue()).isTrue();
        ground.ip(org, "Everything else", "BLOCKLIST", "10.0.0.0/8", "198.51.100.0/24");
        assertThat(ground.map(org).blockedBy(ZoneGround.address("10.1.1.1"))).isEmpty();
        assertThat(ground.map(org).blockedBy(ZoneGround.address("198.51.100.1")))
                .contains("Everything else");
    }

    @Test
    @DisplayName("nobody locks themselves out, by whatever change; the operator may")
    void lockOut() {
        String own = ZoneGround.CLIENT + "/32";
        assertRefused("E0000001", () -> ground.ip(org, "All", "BLOCKLIST", "0.0.0.0/0"));
        assertRefused("E0000001", () -> block("blockOstiaryAddress", ZoneGround.CLIENT));
        String policy = ground.ip(org, "Mine", "POLICY", own);
        assertRefused(
                "E0000001", () -> replace(policy, body("Mine", "BLOCKLIST", "gateways", own)));
        assertThat(ground.map(org).blockedBy(ZoneGround.address(ZoneGround.CLIENT))).isEmpty();

        ground.callAsOperator(
                org, "createOstiaryZone", "", body("All", "BLOCKLIST", "gateways", "0.0.0.0/0"));
        assertThat(ground.map(org).blockedBy(ZoneGround.address(ZoneGround.CLIENT)))
                .contains("All");
        ground.callAsOperator(org, "deleteOstiaryZone", "All", "");
        assertThat(ground.map(org).blockedBy(ZoneGround.address(ZoneGround.CLIENT))).isEmpty();
    }

    @Test
    @DisplayName("an address is blocked and unblocked in a word, once")
    void blockAndUnblock() {
        block("blockOstiaryAddress", "198.51.100.7");
        block("blockOstiaryAddress", "198.51.100.7/32");
        JsonNode zone = block("blockOstiaryAddress", "2001:db8::/64");
        assertThat(zone.path("gateways").size()).isEqualTo(2);
        assertThat(ground.map(org).blockedBy(ZoneGround.address("198.51.100.7")))
                .contains("BlockedIpZone");
        assertThat(ground.map(org).blockedBy(ZoneGround.address("2001:db8::9"))).isPresent();
        block("unblockOstiaryAddress", "198.51.100.0/24");
        assertThat(ground.map(org).blockedBy(ZoneGround.address("198.51.100.7"))).isEmpty();
        assertRefused("E0000007", () -> block("unblockOstiaryAddress", "198.51.100.7"));
        assertRefused("E0000001", () -> block("blockOstiaryAddress", "everybody"));
        assertThat(ground.events(org))
                .containsExactlyElementsOf(Collections.nCopies(3, "zone.update"));
    }

    private JsonNode block(String operation, String address) {
        return ZoneGround.json(
                ground.call(org, operation, "", "", "{\"address\":\"" + address + "\"}"));
    }

    private JsonNode replace(String id, String wanted) {
        return ZoneGround.json(ground.call(org, "replaceNetworkZone", id, "", wanted));
    }

    private JsonNode zone(String name) {
        for (JsonNode zone : ZoneGround.json(ground.call(org, "listNetworkZones", "", "", ""))) {
            if (zone.path("name").stringValue().equals(name)) {
                return zone;
            }
        }
        throw new AssertionError("no zone " + name);
    }

    private static String[] cidrs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "10." + i / 256 + "." + i % 256 + ".0/24")
                .toArray(String[]::new);
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void assertCauses(ThrowingCallable call, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.causes()).containsExactly(causes));
    }
}
