package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.ClientAddress;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Network;
import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.context.UserAgents;
import dev.ostiary.platform.event.Geography;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.event.SecurityContext;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GeographyInEventsTest {

    private static final IpAddress CLIENT = address("198.51.100.9");
    private static final IpAddress PROXY = address("203.0.113.5");
    private static final Place BERLIN =
            new Place(
                    "DE",
                    "BE",
                    "Germany",
                    "State of Berlin",
                    "Berlin",
                    "10115",
                    52.5,
                    13.4,
                    64500L,
                    "Example Net",
                    Optional.of(Place.Anonymizer.TOR));

    @Test
    @DisplayName(
            "P16 an event says where its client and the proxies are, as far as a database knows")
    void geography() {
        RequestContext context =
                context(address -> address.equals(CLIENT) ? BERLIN : Place.unknown());
        Geography berlin =
                new Geography("Berlin", "State of Berlin", "Germany", "10115", 52.5, 13.4);
        assertThat(context.client().geography()).isEqualTo(berlin);
        assertThat(context.ipChain()).hasSize(2);
        assertThat(context.ipChain().getFirst().geography()).isEqualTo(berlin);
        assertThat(context.ipChain().getLast().geography()).isNull();
        assertThat(context.security())
                .isEqualTo(new SecurityContext(64500L, "Example Net", null, null, true));
    }

    @Test
    @DisplayName("P16 without a database nothing is made up")
    void none() {
        RequestContext context = context(Atlas.none());
        assertThat(context.client().geography()).isNull();
        assertThat(context.security()).isEqualTo(SecurityContext.none());
    }

    private static RequestContext context(Atlas atlas) {
        Exchange exchange =
                new Exchange(
                        QueriesForVersionsTest.sent(Map.of()),
                        "request",
                        0,
                        org -> ConfigVersions.untouched(),
                        (org, versions) -> Network.unknown());
        exchange.org(new Org(1, "00o1d7", "dev", null, OrgSettings.defaults(), Instant.EPOCH));
        exchange.client(
                new ClientContext(
                        new ClientAddress(CLIENT, List.of(CLIENT, PROXY)),
                        "",
                        "",
                        "",
                        "https://localhost"));
        List<RequestContext> seen = new ArrayList<>();
        new EventScope(new UserAgents(), atlas)
                .within(
                        exchange,
                        () -> {
                            seen.add(RequestContext.current());
                            return Reply.noContent();
                        });
        return seen.getFirst();
    }

    private static IpAddress address(String text) {
        return Objects.requireNonNull(IpAddress.parse(text));
    }
}
