package dev.ostiary.platform.http;

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
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgDirectory;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.problem.ErrorCatalogue;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Pipeline with all its steps, but without what lies behind them: who asks is known without a
 * database, and the handler has its answer ready.
 */
final class Lone {

    private static final Org DEV =
            new Org(1, "00o1a2b3c4d5e6f7g1d7", "dev", null, OrgSettings.defaults(), Instant.EPOCH);
    private static final Authentication ADMINISTRATOR =
            new Authentication.Proven(
                    new Caller.Token(
                            "00T1a2b3c4d5e6f7g1d7",
                            "First token",
                            new Caller.Principal(
                                    "00u1a2b3c4d5e6f7g1d7", "admin@dev.example", "Ada Admin"),
                            Permissions.of(Set.of(Permissions.SUPER_ADMIN))),
                    Optional.of(ConfigVersions.untouched()));
    private static final Reply USER =
            Reply.text(
                    200,
                    Reply.JSON,
                    "{\"id\":\"00u1a2b3c4d5e6f7g1d7\"}".getBytes(StandardCharsets.UTF_8));

    private Lone() {}

    static Pipeline pipeline() {
        InstantSource time = InstantSource.system();
        RateTable rates = RateTable.load();
        LimitSettings unlimited = LimitSettings.of(rates.profile("unlimited").orElseThrow());
        Ids ids = new Ids(time, new SecureRandom());
        return new Pipeline(
                new Parts(
                        Contract.load(),
                        Map.of("getUser", Binding.of("getUser", request -> USER)),
                        new OneOrg(),
                        org -> ConfigVersions.untouched(),
                        org -> ConfigVersions.untouched(),
                        (org, versions) -> org.settings(),
                        "localhost",
                        "dev",
                        new TrustedProxies(List.of()),
                        (org, versions, origin) -> false,
                        (org, versions) -> Network.unknown(),
                        Atlas.none(),
                        (org, address, zone) -> {},
                        (org, token) -> {},
                        (org, credentials, address) -> ADMINISTRATOR,
                        SessionWatch.NONE,
                        new UserAgents(),
                        new Limiter(rates, time),
                        (org, versions) -> unlimited,
                        (org, context, notice, user, token) -> {},
                        ids::requestId,
                        new ErrorWriter(ErrorCatalogue.load(), ids::errorId),
                        ErrorPages.NONE,
                        new AccessLog(line -> {}, time),
                        new Meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))));
    }

    private static final class OneOrg implements OrgDirectory {
        @Override
        public Optional<Org> byName(String name) {
            return Optional.of(DEV);
        }

        @Override
        public Optional<Org> byPort(int port) {
            return Optional.empty();
        }
    }
}
