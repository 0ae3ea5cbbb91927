package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.access.SessionWatch;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.Network;
import dev.ostiary.platform.context.TrustedProxies;
import dev.ostiary.platform.context.UserAgents;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.limits.LimitSettings;
import dev.ostiary.platform.limits.Limiter;
import dev.ostiary.platform.limits.RateTable;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgDirectory;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.problem.ErrorCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many queries a request spends on the org's configuration versions. */
class QueriesForVersionsTest {

    private static final Org ORG =
            new Org(1, "00o1d7", "dev", null, OrgSettings.defaults(), Instant.EPOCH);
    private static final ConfigVersions WITH_THE_TOKEN =
            new ConfigVersions(Map.of(ConfigArea.ORIGINS, 7L));

    private static final ConfigVersions REMEMBERED =
            new ConfigVersions(Map.of(ConfigArea.ORIGINS, 6L));

    private final RateTable rates = RateTable.load();
    private final List<Org> queries = new ArrayList<>();
    private final List<ConfigVersions> used = new ArrayList<>();
    private final List<ConfigVersions> settingsAt = new ArrayList<>();

    @Test
    @DisplayName("none where the query for the token brings them along")
    void withAToken() {
        assertThat(answer(Map.of("Authorization", "SSWS token")).status()).isEqualTo(200);
        assertThat(queries).isEmpty();
    }

    @Test
    @DisplayName("P35 one where a page of another origin calls, before anybody knows who asks")
    void withAnOrigin() {
        Map<String, String> headers =
                Map.of("Authorization", "SSWS token", "Origin", "https://app.example");
        assertThat(answer(headers).status()).isEqualTo(200);
        assertThat(queries).containsExactly(ORG);
        assertThat(used).containsExactly(ConfigVersions.untouched());
    }

    @Test
    @DisplayName("what may lag is told with the versions that the node remembers: no query")
    void lagging() {
        Sent keys = new Sent("GET", "/oauth2/v1/keys", "", "localhost", Map.of(), 0);
        Reply reply = pipeline().answer(keys);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(queries).isEmpty();
        assertThat(settingsAt).containsExactly(REMEMBERED);
    }

    private Reply answer(Map<String, String> headers) {
        return pipeline().answer(sent(headers));
    }

    private Pipeline pipeline() {
        return new Pipeline(
                new Parts(
                        Contract.load(),
                        Map.of(
                                "getUser",
                                Binding.of("getUser", request -> Reply.okEmptyObject()),
                                "oauthKeys",
                                Binding.of("oauthKeys", request -> Reply.okEmptyObject())
                                        .lagging()),
                        new OneOrg(),
                        org -> {
                            queries.add(org);
                            return ConfigVersions.untouched();
                        },
                        org -> REMEMBERED,
                        (org, versions) -> {
                            settingsAt.add(versions);
                            return org.settings();
                        },
                        "localhost",
                        "dev",
                        new TrustedProxies(List.of()),
                        (org, versions, origin) -> {
                            used.add(versions);
                            return false;
                        },
                        (org, versions) -> Network.unknown(),
                        Atlas.none(),
                        (org, address, zone) -> {},
                        (org, token) -> {},
                        (org, credentials, address) ->
                                new Authentication.Proven(admin(), Optional.of(WITH_THE_TOKEN)),
                        SessionWatch.NONE,
                        new UserAgents(),
                        new Limiter(rates, InstantSource.system()),
                        (org, versions) ->
                                LimitSettings.of(rates.profile("unlimited").orElseThrow()),
                        (org, context, notice, user, token) -> {},
                        () -> "request",
                        new ErrorWriter(ErrorCatalogue.load(), () -> "error"),
                        ErrorPages.NONE,
                        new AccessLog(line -> {}, InstantSource.system()),
                        new Meters(new SimpleMeterRegistry())));
    }

    private static Caller admin() {
        return new Caller.Token(
                "00T1",
                "token",
                new Caller.Principal("00u1", "ada@acme.test", "Ada Admin"),
                Permissions.of(Set.of(Permissions.SUPER_ADMIN)));
    }

    private static final class OneOrg implements OrgDirectory {
        @Override
        public Optional<Org> byName(String name) {
            return Optional.of(ORG);
        }

        @Override
        public Optional<Org> byPort(int port) {
            return Optional.empty();
        }
    }

    static Sent sent(Map<String, String> headers) {
        Map<String, List<String>> lines = new HashMap<>();
        headers.forEach((name, value) -> lines.put(name, List.of(value)));
        return new Sent("GET", "/api/v1/users/00u1", "", "localhost", lines, 0);
    }
}
