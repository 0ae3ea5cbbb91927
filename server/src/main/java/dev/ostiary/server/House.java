package dev.ostiary.server;

import dev.ostiary.platform.context.TrustedProxies;
import dev.ostiary.platform.context.UserAgents;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.AccessLog;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Meters;
import dev.ostiary.platform.http.Parts;
import dev.ostiary.platform.http.Pipeline;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.http.ErrorWriter;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.orgs.OrgCreator;
import dev.ostiary.server.orgs.OrgHosts;
import dev.ostiary.server.orgs.OrgStore;
import dev.ostiary.server.orgs.Orgs;
import dev.ostiary.server.roles.AdminRoleStore;
import dev.ostiary.server.security.tokens.ApiTokenStore;
import dev.ostiary.server.security.tokens.ApiTokens;
import dev.ostiary.server.security.tokens.OperatorSecret;
import dev.ostiary.server.security.tokens.TokenAuthenticator;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The table of contents: every family and engine is constructed here, by hand, once. Whoever wants to know what the server can do
 * reads the list of families.
 */
final class House {

    private final Pipeline pipeline;
    private final OrgCreator orgCreator;
    private final OrgStore orgs;

    /**
     * What the house stands on.
     *
     * @param database the way to PostgreSQL
     * @param time the wall clock
     * @param ids makes public ids
     * @param tokens makes secrets
     * @param errors writes errors
     * @param log takes a line a request
     * @param meters counts requests
     * @param proxies the operator's proxies
     * @param hosts opens ports and names hosts
     * @param operator proves the operator
     * @param ready whether the server can serve
     */
    record Ground(
            Settings settings,
            Database database,
            InstantSource time,
            Ids ids,
            Tokens tokens,
            ErrorWriter errors,
            AccessLog log,
            Meters meters,
            TrustedProxies proxies,
            UserAgents userAgents,
            OrgHosts hosts,
            OperatorSecret operator,
            BooleanSupplier ready) {}

    House(Ground ground) {
        Database database = ground.database();
        EventCatalogue events = EventCatalogue.load();
        ApiTokenStore tokenStore = new ApiTokenStore();
        ApiTokens apiTokens =
                new ApiTokens(database, tokenStore, ground.ids(), ground.tokens(), events, ground.time());
        orgs = new OrgStore(database, ground.time());
        orgCreator = new OrgCreator();
        List<Family> families =
                List.of(
                        new Health(ground.ready()),
                        new Orgs(database, orgCreator, ground.hosts(), orgs, Settings.DEFAULT_ORG),
                        apiTokens);
        pipeline =
                new Pipeline(
                        new Parts(
                                Contract.load(),
                                bindings(families),
                                orgs,
                                ground.settings().baseDomain(),
                                Settings.DEFAULT_ORG,
                                ground.proxies(),
                                (org, origin) -> false,
                                new TokenAuthenticator(database, tokenStore, ground.time(), ground.operator()),
                                ground.userAgents(),
                                ground.settings().rateLimit(),
                                ground.ids()::requestId,
                                ground.errors(),
                                ground.log(),
                                ground.meters(),
                                ground.time()));
    }

    Pipeline pipeline() {
        return pipeline;
    }

    OrgCreator orgCreator() {
        return orgCreator;
    }

    OrgStore orgs() {
        return orgs;
    }

    private static Map<String, Binding> bindings(List<Family> families) {
        Map<String, Binding> byId = new HashMap<>();
        for (Family family : families) {
            for (Binding binding : family.bindings()) {
                if (byId.put(binding.operationId(), binding) != null) {
                    throw new IllegalStateException("bound twice: " + binding.operationId());
                }
            }
        }
        return Map.copyOf(byId);
    }
}
