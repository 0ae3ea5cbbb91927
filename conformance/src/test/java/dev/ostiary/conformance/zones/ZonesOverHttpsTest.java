package dev.ostiary.conformance.zones;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Launcher.Ended;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Every request comes through a proxy of the operator's, which says from where. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Where requests come from")
class ZonesOverHttpsTest {

    private static final String HERE = "192.0.2.1";

    private Server server;
    private Org org;
    private int groups;

    @BeforeAll
    void start() {
        server = Server.start("--trusted-proxy", "127.0.0.0/8,::1");
    }

    @BeforeEach
    void anOrg() {
        org = server.newOrg();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @DisplayName(
            "P13 the client is the right-most hop that nobody trusts, whatever stands before it")
    void forged() {
        assertThat(clientOf("198.51.100.9")).isEqualTo("198.51.100.9");
        assertThat(clientOf("6.6.6.6, 198.51.100.9")).isEqualTo("198.51.100.9");
        assertThat(clientOf("6.6.6.6, 2001:db8::9")).isEqualTo("2001:db8::9");
        assertThat(clientOf("6.6.6.6, 127.0.0.1, 198.51.100.9, 127.0.0.9"))
                .isEqualTo("198.51.100.9");
        assertThat(clientOf("6.6.6.6, nonsense, 127.0.0.9")).isEqualTo("127.0.0.9");
    }

    @Test
    @DisplayName(
            "P13 proxies of the org's active zones are trusted from the next request on, and stand in the chain")
    void proxiesOfTheOrg() {
        String chain = "6.6.6.6, 198.51.100.9, 203.0.113.5";
        assertThat(clientOf(chain)).isEqualTo("203.0.113.5");
        String zone = zone("Edge", "POLICY", "proxies", "203.0.113.0/24", "2001:db8:1::/48");

        JsonNode event = eventOf(chain);

        assertThat(event.at("/client/ipAddress").asString()).isEqualTo("198.51.100.9");
        assertThat(Json.texts(event.at("/request/ipChain"), "ip"))
                .containsExactly("198.51.100.9", "203.0.113.5");
        assertThat(clientOf("2001:db8:2::9, 2001:db8:1::1")).isEqualTo("2001:db8:2::9");
        assertThat(clientOf("2001:db8:2::9, 2001:db8:3::1")).isEqualTo("2001:db8:3::1");

        from(HERE).post("/api/v1/zones/" + zone + "/lifecycle/deactivate").expect(200);
        assertThat(clientOf(chain)).isEqualTo("203.0.113.5");
    }

    @Test
    @DisplayName("P16 the zone that the client is in stands in the event")
    void zoneInTheEvent() {
        zone("Office", "POLICY", "gateways", "192.0.2.0/24");
        assertThat(eventOf("192.0.2.9").at("/client/zone").asString()).isEqualTo("Office");
        assertThat(eventOf("198.51.100.9").at("/client/zone").isString()).isFalse();
    }

    @Test
    @DisplayName(
            "a blocked address is refused everything, with a token or without, and once in the log")
    void blocked() {
        zone("Bad", "BLOCKLIST", "gateways", "198.51.100.0/24", "2001:db8:bad::/48");
        for (String bad : List.of("198.51.100.5", "2001:db8:bad::1", "6.6.6.6, 198.51.100.5")) {
            from(bad).get("/api/v1/users/me").expect(403, "E0000006");
            Http nobody = org.nobody().with("X-Forwarded-For", bad);
            nobody.get("/api/v1/users/me").expect(403, "E0000006");
            nobody.token("guessed").get("/api/v1/users/me").expect(403, "E0000006");
            nobody.get("/.well-known/okta-organization").expect(403, "E0000006");
            nobody.get("/health/live").expect(200);
        }
        from("198.51.101.5").get("/api/v1/users/me").expect(200);
        from("198.51.100.5, 192.0.2.7").get("/api/v1/users/me").expect(200);
        Org other = server.newOrg();
        other.http().with("X-Forwarded-For", "198.51.100.5").get("/api/v1/users/me").expect(200);

        List<JsonNode> events = log("eventType eq \"security.request.blocked\"");

        assertThat(events).hasSize(2);
        assertThat(events.getFirst().at("/client/ipAddress").asString()).isEqualTo("198.51.100.5");
        assertThat(events.getFirst().at("/client/zone").asString()).isEqualTo("Bad");
        assertThat(events.getFirst().at("/outcome/result").asString()).isEqualTo("DENY");
    }

    @Test
    @DisplayName("an exempt address is never blocked")
    void exempt() {
        zone("Bad", "BLOCKLIST", "gateways", "198.51.100.0/24");
        JsonNode exempt =
                from(HERE).get("/api/v1/zones?filter=system%20eq%20true").expect(200).json().get(2);
        assertThat(exempt.path("name").asString()).isEqualTo("DefaultExemptIpZone");
        from(HERE)
                .put(
                        "/api/v1/zones/" + Directory.id(exempt),
                        "{\"type\":\"IP\",\"name\":\"DefaultExemptIpZone\",\"useAsExemptList\":true,\"gateways\":"
                                + "[{\"type\":\"RANGE\",\"value\":\"198.51.100.5-198.51.100.5\"}]}")
                .expect(200);
        from("198.51.100.5").get("/api/v1/users/me").expect(200);
        from("198.51.100.6").get("/api/v1/users/me").expect(403, "E0000006");
    }

    @Test
    @DisplayName("nobody locks themselves out over the API, and the operator opens what is locked")
    void lockedOut() {
        Answer refused = from(HERE).post("/api/v1/zones", ip("All", "BLOCKLIST", "0.0.0.0/0"));
        assertThat(refused.expect(400, "E0000001").errorCauses())
                .containsExactly(
                        "The zone 'All' would block the address of this request: 192.0.2.1");

        zoneCommand("create", "All the world", "--gateways", "0.0.0.0/0", "--usage", "BLOCKLIST");
        from(HERE).get("/api/v1/users/me").expect(403, "E0000006");
        assertThat(zoneCommand("list").out()).contains("All the world  gateways 0.0.0.0/0");
        zoneCommand("delete", "All the world");
        from(HERE).get("/api/v1/users/me").expect(200);

        zoneCommand("block", HERE);
        from(HERE).get("/api/v1/users/me").expect(403, "E0000006");
        zoneCommand("unblock", HERE);
        from(HERE).get("/api/v1/users/me").expect(200);
        assertThat(
                        server.launcher()
                                .run("zone", "block", "x", "--data", server.data().toString())
                                .errorLines())
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "P20 a token that is tied to zones works there and nowhere else, from the next request on")
    void tokens() {
        String office = zone("Office", "POLICY", "gateways", "192.0.2.0/24");
        String lab = zone("Lab", "POLICY", "gateways", "192.0.2.128/25");
        String token = spareToken();
        String path = "/api/v1/api-tokens/" + tokenId();
        from(HERE).put(path, network("ZONE", "nzo00000000000000000", "")).expect(404, "E0000007");
        from(HERE).put(path, network("ZONE", "", "")).expect(400, "E0000001");

        from(HERE).put(path, network("ZONE", office, lab)).expect(200);

        Http bearer = org.nobody().token(token);
        bearer.with("X-Forwarded-For", "192.0.2.9").get("/api/v1/users/me").expect(200);
        bearer.with("X-Forwarded-For", "192.0.2.129")
                .get("/api/v1/users/me")
                .expect(403, "E0000006");
        bearer.with("X-Forwarded-For", "198.51.100.9")
                .get("/api/v1/users/me")
                .expect(403, "E0000006");
        bearer.with("X-Forwarded-For", "192.0.2.9, 198.51.100.9")
                .get("/api/v1/users/me")
                .expect(403, "E0000006");

        from(HERE).post("/api/v1/zones/" + office + "/lifecycle/deactivate").expect(200);
        bearer.with("X-Forwarded-For", "192.0.2.9").get("/api/v1/users/me").expect(403, "E0000006");
        assertStrays(token, 4);
        assertThat(
                        from(HERE)
                                .delete("/api/v1/zones/" + office)
                                .expect(403, "E0000006")
                                .errorCauses())
                .containsExactly("The zone is used by: API token spare");

        from(HERE).put(path, network("ANYWHERE", "", "")).expect(200);
        bearer.with("X-Forwarded-For", "198.51.100.9").get("/api/v1/users/me").expect(200);
        from(HERE).delete("/api/v1/zones/" + office).expect(204);
    }

    /** P38: each refused request has its event, of the token and its user, from where it came. */
    private void assertStrays(String token, int times) {
        List<JsonNode> events =
                log("eventType eq \"system.api_token.request_outside_allowed_range\"");
        assertThat(events)
                .hasSize(times)
                .allSatisfy(
                        event -> {
                            assertThat(event.at("/actor/alternateId").asString())
                                    .isEqualTo(org.adminLogin());
                            assertThat(event.at("/outcome/result").asString()).isEqualTo("DENY");
                            assertThat(event.at("/target/0/displayName").asString())
                                    .isEqualTo("spare");
                            assertThat(event.at("/transaction/detail/requestApiTokenId"))
                                    .isEqualTo(event.at("/target/0/id"));
                            assertThat(event.toString()).doesNotContain(token);
                        });
        assertThat(events.getFirst().at("/client/ipAddress").asString()).isEqualTo("192.0.2.129");
        assertThat(events.getFirst().at("/client/zone").asString()).isEqualTo("Office");
    }

    private String spareToken() {
        return from(HERE)
                .post(
                        "/ostiary/v1/apiTokens",
                        Json.object().put("user", org.adminLogin()).put("name", "spare"))
                .expect(201)
                .text("token");
    }

    private String tokenId() {
        return Json.list(from(HERE).get("/api/v1/api-tokens").expect(200).json()).stream()
                .filter(token -> token.path("name").asString("").equals("spare"))
                .map(Directory::id)
                .findFirst()
                .orElseThrow();
    }

    private static String network(String connection, String include, String exclude) {
        return "{\"name\":\"spare\",\"network\":{\"connection\":\"%s\",\"include\":[%s],\"exclude\":[%s]}}"
                .formatted(connection, quoted(include), quoted(exclude));
    }

    private static String quoted(String id) {
        return id.isEmpty() ? "" : "\"" + id + "\"";
    }

    private Ended zoneCommand(String... words) {
        List<String> all = new ArrayList<>(List.of("zone"));
        all.addAll(List.of(words));
        all.addAll(List.of("--org", org.name(), "--data", server.data().toString()));
        Ended ended = server.launcher().run(all.toArray(String[]::new));
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended;
    }

    private Http from(String forwardedFor) {
        return org.http().with("X-Forwarded-For", forwardedFor);
    }

    private String zone(String name, String usage, String field, String... cidrs) {
        return from(HERE)
                .post("/api/v1/zones", ip(name, usage, cidrs).replace("gateways", field))
                .expect(200)
                .text("id");
    }

    private static String ip(String name, String usage, String... cidrs) {
        List<String> entries = new ArrayList<>();
        for (String cidr : cidrs) {
            entries.add("{\"type\":\"CIDR\",\"value\":\"" + cidr + "\"}");
        }
        return "{\"type\":\"IP\",\"name\":\"%s\",\"usage\":\"%s\",\"gateways\":[%s]}"
                .formatted(name, usage, String.join(",", entries));
    }

    private String clientOf(String forwardedFor) {
        return eventOf(forwardedFor).at("/client/ipAddress").asString();
    }

    /** Something that leaves an event; the event. */
    private JsonNode eventOf(String forwardedFor) {
        String name = "group " + ++groups;
        from(forwardedFor).post("/api/v1/groups", Directory.newGroup(name)).expect(200);
        return log("target.displayName eq \"" + name + "\"").getFirst();
    }

    private List<JsonNode> log(String filter) {
        return Json.list(
                from(HERE)
                        .get(
                                "/api/v1/logs?filter="
                                        + URLEncoder.encode(filter, StandardCharsets.UTF_8))
                        .expect(200)
                        .json());
    }
}
