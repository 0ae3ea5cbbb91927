package dev.ostiary.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventTest {

    private static final UUID ID = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");
    private static final Instant AT = Instant.parse("2026-02-03T04:05:06.789123Z");

    private final EventCatalogue catalogue = EventCatalogue.load();
    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    @DisplayName("P38 an event carries its type's catalogued message, targets and outcome")
    void event() {
        JsonNode logged =
                logged(
                        catalogue
                                .event("user.lifecycle.create")
                                .target("00u1", "User", "a@b.c", "A B")
                                .outcome(Outcome.failure("NOT_TODAY"))
                                .severity(Severity.WARN));
        assertThat(logged.get("eventType").asString()).isEqualTo("user.lifecycle.create");
        assertThat(logged.get("displayMessage").asString()).isEqualTo("Create okta user");
        assertThat(logged.get("published").asString()).isEqualTo("2026-02-03T04:05:06.789Z");
        assertThat(logged.get("uuid").asString()).isEqualTo(ID.toString());
        assertThat(logged.get("severity").asString()).isEqualTo("WARN");
        assertThat(logged.get("legacyEventType").asString())
                .isEqualTo("core.user.config.user_creation.failure");
        assertThat(logged.get("outcome").toString())
                .isEqualTo("{\"result\":\"FAILURE\",\"reason\":\"NOT_TODAY\"}");
        assertThat(logged.get("target").toString())
                .isEqualTo(
                        "[{\"id\":\"00u1\",\"type\":\"User\",\"alternateId\":\"a@b.c\","
                                + "\"displayName\":\"A B\",\"detailEntry\":null}]");
    }

    @Test
    @DisplayName("P38 a type that the catalogue lacks is refused")
    void unknownType() {
        assertThatThrownBy(() -> catalogue.event("user.lifecycle.invented"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user.lifecycle.invented");
    }

    @Test
    @DisplayName("an event has the name that the Events API has for its type and its outcome")
    void legacyTypes() {
        assertThat(legacy(catalogue.event("user.lifecycle.create")))
                .isEqualTo("core.user.config.user_creation.success");
        assertThat(legacy(catalogue.event("group.user_membership.add")))
                .isEqualTo("core.user_group_member.user_add");
        Event signIn = catalogue.event("user.session.start").outcome(Outcome.failure("LOCKED_OUT"));
        assertThat(legacy(signIn)).isEqualTo("core.user_auth.login_failed");
        assertThat(legacy(signIn.legacy("core.user_auth.login_failed.policy_denied")))
                .isEqualTo("core.user_auth.login_failed.policy_denied");
        // younger than the Events API
        assertThat(legacy(catalogue.event("group.profile.update"))).isEqualTo("null");
        // no failed one is documented
        Event unchanged =
                catalogue
                        .event("user.account.update_profile")
                        .outcome(new Outcome(Outcome.Result.FAILURE, null));
        assertThat(legacy(unchanged)).isEqualTo("null");
        assertThatThrownBy(() -> signIn.legacy("core.user_auth.invented"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(catalogue.typesOf("core.user_auth.login_success"))
                .containsExactly("user.authentication.auth", "user.session.start");
        assertThat(catalogue.typesOf("core.user_auth.invented")).isEmpty();
    }

    private String legacy(Event event) {
        return logged(event).get("legacyEventType").asString("null");
    }

    @Test
    @DisplayName("P16 the request's context stands in every event: client, chain, request, actor")
    void context() {
        Geography place = new Geography("Ulm", null, "Germany", "89073", 48.4, 9.99);
        LogClient client =
                new LogClient(
                        "192.0.2.7",
                        new UserAgent("curl/8", "Unknown", "UNKNOWN"),
                        "LegacyIpZone",
                        "Computer",
                        place,
                        null);
        RequestContext request =
                RequestContext.web("req1", "/api/v1/users", "limit=1", client)
                        .withActor(new Actor("00u9", "User", "admin@b.c", "Admin"))
                        .withIpChain(
                                List.of(
                                        new IpHop("192.0.2.7", place, null),
                                        new IpHop("2001:db8::1", null, null)))
                        .withTransactionDetail("requestApiTokenId", "00T1")
                        .withDebugData("threatSuspected", "false");
        JsonNode logged =
                RequestContext.bind(request)
                        .call(() -> logged(catalogue.event("user.lifecycle.create")));
        assertThat(logged.get("actor").get("id").asString()).isEqualTo("00u9");
        assertThat(logged.get("client").toString())
                .isEqualTo(
                        "{\"userAgent\":{\"rawUserAgent\":\"curl/8\",\"os\":\"Unknown\","
                                + "\"browser\":\"UNKNOWN\"},\"zone\":\"LegacyIpZone\","
                                + "\"device\":\"Computer\",\"id\":null,\"ipAddress\":\"192.0.2.7\","
                                + "\"geographicalContext\":{\"city\":\"Ulm\",\"state\":null,"
                                + "\"country\":\"Germany\",\"postalCode\":\"89073\","
                                + "\"geolocation\":{\"lat\":48.4,\"lon\":9.99}}}");
        assertThat(logged.at("/request/ipChain/1").toString())
                .isEqualTo(
                        "{\"ip\":\"2001:db8::1\",\"geographicalContext\":null,"
                                + "\"version\":\"V6\",\"source\":null}");
        assertThat(logged.get("transaction").toString())
                .isEqualTo(
                        "{\"type\":\"WEB\",\"id\":\"req1\","
                                + "\"detail\":{\"requestApiTokenId\":\"00T1\"}}");
        JsonNode debugData = logged.at("/debugContext/debugData");
        assertThat(debugData.get("requestId").asString()).isEqualTo("req1");
        assertThat(debugData.get("requestUri").asString()).isEqualTo("/api/v1/users");
        assertThat(debugData.get("url").asString()).isEqualTo("/api/v1/users?limit=1");
        assertThat(debugData.get("threatSuspected").asString()).isEqualTo("false");
    }

    @Test
    @DisplayName("work outside of a request is the system's, with an empty ip chain")
    void job() {
        JsonNode logged = logged(catalogue.event("user.lifecycle.create"));
        assertThat(logged.at("/actor/type").asString()).isEqualTo("SystemPrincipal");
        assertThat(logged.at("/transaction/type").asString()).isEqualTo("JOB");
        assertThat(logged.at("/request/ipChain").size()).isZero();
        assertThat(logged.at("/client/userAgent").isNull()).isTrue();
    }

    @Test
    @DisplayName("an event's own actor stands before the request's")
    void ownActor() {
        Event event =
                catalogue
                        .event("user.session.start")
                        .actor(new Actor("00u2", "User", "me@b.c", "Me"));
        assertThat(event.actorId()).isEqualTo("00u2");
        assertThat(logged(event).at("/actor/id").asString()).isEqualTo("00u2");
    }

    @Test
    @DisplayName("no input makes an event that the database refuses, nor a huge one")
    void hostileText() {
        String hostile = "a\u0000b\uD83D" + "x".repeat(100_000);
        JsonNode logged =
                logged(
                        catalogue
                                .event("user.lifecycle.create")
                                .debug("url", hostile)
                                .debug("nested", Map.of("k\u0000", List.of(1, 2L, true, "\uDC00")))
                                .target("id", "User", "\uD83D\uDE00", "<script>"));
        assertThat(logged.at("/debugContext/debugData/url").asString())
                .startsWith("a\uFFFDb\uFFFDxx")
                .hasSize(4096);
        assertThat(logged.at("/debugContext/debugData/nested").toString())
                .isEqualTo("{\"k\uFFFD\":[1,2,true,\"\uFFFD\"]}");
        assertThat(logged.at("/target/0/alternateId").asString()).isEqualTo("\uD83D\uDE00");
    }

    @Test
    @DisplayName("the original's order of properties survives the database's")
    void order() {
        String written = catalogue.event("user.lifecycle.create").debug("b", 1).body(ID, AT);
        JsonNode tree = json.readTree(written);
        StringBuilder shuffled = new StringBuilder("{\"zzz\":{\"a\":[1,{\"b\":null}]}");
        List<String> names = List.copyOf(tree.propertyNames());
        for (String name : names.reversed()) {
            shuffled.append(",\"").append(name).append("\":").append(tree.get(name));
        }
        String ordered = new EventOrder().inOrder(shuffled.append('}').toString());
        String shown = new EventOrder().inOrder(written);
        assertThat(ordered)
                .isEqualTo(
                        shown.substring(0, shown.length() - 1)
                                + ",\"zzz\":{\"a\":[1,{\"b\":null}]}}");
    }

    @Test
    @DisplayName("what nobody knows is not stored, but shown as null; nulls of free maps are kept")
    void nulls() {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("client", Map.of("id", "0oa1"));
        details.put("outcome", null);
        Event event =
                catalogue
                        .event("user.lifecycle.create")
                        .target(new Target("00u1", "User", null, null, details));
        String stored = event.body(ID, AT);
        assertThat(stored)
                .contains("\"outcome\":{\"result\":\"SUCCESS\"}")
                .contains("\"securityContext\":{\"isProxy\":null}")
                .contains("\"client\":{\"ipAddress\":null}")
                .contains("\"outcome\":null")
                .doesNotContain("device", "geographicalContext", "reason");
        JsonNode shown = json.readTree(new EventOrder().inOrder(stored));
        assertThat(shown.propertyNames())
                .containsExactly(
                        "actor",
                        "client",
                        "device",
                        "authenticationContext",
                        "displayMessage",
                        "eventType",
                        "outcome",
                        "published",
                        "securityContext",
                        "severity",
                        "debugContext",
                        "legacyEventType",
                        "transaction",
                        "uuid",
                        "version",
                        "request",
                        "target");
        assertThat(shown.get("device").isNull()).isTrue();
        assertThat(shown.get("client").toString())
                .isEqualTo(
                        "{\"userAgent\":null,\"zone\":null,\"device\":null,\"id\":null,"
                                + "\"ipAddress\":null,\"geographicalContext\":null}");
        assertThat(shown.get("authenticationContext").toString())
                .isEqualTo(
                        "{\"authenticationProvider\":null,\"credentialProvider\":null,"
                                + "\"credentialType\":null,\"issuer\":null,\"interface\":null,"
                                + "\"authenticationStep\":0,\"rootSessionId\":null,"
                                + "\"externalSessionId\":null}");
        assertThat(shown.get("securityContext").toString())
                .isEqualTo(
                        "{\"asNumber\":null,\"asOrg\":null,\"isp\":null,\"domain\":null,"
                                + "\"isProxy\":null}");
        JsonNode target = shown.at("/target/0");
        assertThat(target.get("alternateId").isNull()).isTrue();
        assertThat(target.has("changeDetails")).isFalse();
        // what is in a free map only looks like parts of an event
        assertThat(target.at("/detailEntry/client").toString()).isEqualTo("{\"id\":\"0oa1\"}");
        assertThat(target.at("/detailEntry").has("outcome")).isTrue();
    }

    private JsonNode logged(Event event) {
        return json.readTree(new EventOrder().inOrder(event.body(ID, AT)));
    }
}
