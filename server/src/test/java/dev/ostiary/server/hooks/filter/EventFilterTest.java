package dev.ostiary.server.hooks.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.json.Json;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@DisplayName("A filter of events")
class EventFilterTest {

    private static final JsonNode EVENT =
            Json.parse(
                    """
                    {"eventType": "group.user_membership.add", "severity": "INFO", "version": "0",
                     "actor": {"id": "00u1", "alternateId": "ada@example.com", "detailEntry": null},
                     "outcome": {"result": "SUCCESS", "reason": null},
                     "client": {"geographicalContext": {"geolocation": {"lat": 52.5}}},
                     "target": [
                       {"id": "00u2", "type": "User", "displayName": "It's Ada"},
                       {"id": "00g1", "type": "UserGroup", "displayName": "Sales"}]}""");

    private static boolean holds(String text) {
        try {
            return EventFilter.of(text).matches(EVENT);
        } catch (InvalidFilter e) {
            throw new AssertionError(text + " " + e.getMessage(), e);
        }
    }

    @Test
    @DisplayName("of the documentation holds for a user who comes into the group, and no other")
    void documented() {
        String filter =
                "event.target.?[type eq 'UserGroup'].size()>0 && event.target.?[displayName eq '%s']"
                        + ".size()>0";
        assertThat(holds(filter.formatted("Sales"))).isTrue();
        assertThat(holds(filter.formatted("Support"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.outcome.result eq 'SUCCESS'",
                "event.outcome.result == \"SUCCESS\"",
                "event.outcome.result ne 'FAILURE'",
                "event.outcome.reason == null",
                "event.no.such.thing == null",
                "!(event.severity eq 'WARN')",
                "not event.severity eq 'WARN'",
                "event.severity eq 'WARN' OR event.actor.id sw '00u' AND event.version EQ '0'",
                "event.actor.alternateId.endsWith('@example.com')",
                "event.actor.alternateId.toUpperCase() ew 'EXAMPLE.COM'",
                "event.actor.alternateId co '@'",
                "event.client.geographicalContext.geolocation.lat > 52",
                "event.client.geographicalContext.geolocation.lat <= 52.50",
                "event.target[1].id eq '00g1'",
                "event.target[7] == null",
                "event.target.?[displayName eq 'It''s Ada'].size() == 1",
                "event.target.?[type eq 'User' || type eq 'UserGroup'].size() == 2",
                "event.target.?[type.startsWith('User')].?[id sw '00g'].size() == 1",
                "event.target.?[type eq 'App'].isEmpty()",
                "(((event.severity eq 'INFO')))",
                "true"
            })
    @DisplayName("holds")
    void holding(String text) {
        assertThat(holds(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.outcome.result eq 'success'",
                "event.severity",
                "event.severity > 3",
                "event.actor co 'ada'",
                "event.target.?[type eq 'App'].size() > 0",
                "event.severity.?[a eq 'b'].size() > 0",
                "event.outcome.result eq event.severity",
                "false"
            })
    @DisplayName("does not hold")
    void notHolding(String text) {
        assertThat(holds(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "event.",
                "event.target.?[",
                "event.target.?[type eq 'A'",
                "event.a eq",
                "eq 'a'",
                "user.login eq 'a'",
                "event.a eq 'b' event.c",
                "event.a.exec('b')",
                "event.a.size(1)",
                "event.a.contains()",
                "event.a['b'] == null",
                "event.a[-1] == null",
                "event.a eq 'b",
                "T(java.lang.Runtime).getRuntime()",
                "event.a = 'b'",
                "event.a == #b",
                "123456789012345678901 > 1"
            })
    @DisplayName("is refused, with a place")
    void invalid(String text) {
        assertThatThrownBy(() -> EventFilter.of(text))
                .isInstanceOf(InvalidFilter.class)
                .hasMessageMatching("at \\d+: .+");
    }

    @Test
    @DisplayName("P30 is bounded in length, depth and work")
    void bounded() throws InvalidFilter {
        for (String text :
                new String[] {
                    "event.a eq '" + "a".repeat(EventFilter.LONGEST) + "'",
                    "(".repeat(100) + "true" + ")".repeat(100),
                    "!".repeat(100) + "true",
                    "event" + ".a".repeat(100) + " == null"
                }) {
            assertThatThrownBy(() -> EventFilter.of(text)).isInstanceOf(InvalidFilter.class);
        }
        StringBuilder targets = new StringBuilder("{\"t\":[");
        for (int i = 0; i < 300; i++) {
            targets.append(i == 0 ? "" : ",").append("{\"t\":[1,2,3,4,5,6,7,8,9,10]}");
        }
        JsonNode wide = Json.parse(targets.append("]}").toString());
        String work =
                "event.t.?[t.?[t == null || true].?[true].?[true].?[true].size() > 0].size() > 0"
                        + " || true";
        assertThat(EventFilter.of(work).matches(wide)).isFalse();
    }
}
