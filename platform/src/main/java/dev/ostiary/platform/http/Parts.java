package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Authenticator;
import dev.ostiary.platform.access.SessionWatch;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.TrustedProxies;
import dev.ostiary.platform.context.UserAgents;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.limits.Limiter;
import dev.ostiary.platform.limits.Notices;
import dev.ostiary.platform.limits.OrgLimits;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgDirectory;
import dev.ostiary.platform.org.OrgSettings;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the Pipeline is built from.
 *
 * @param contract every published operation
 * @param bindings the operations that have code, by id
 * @param orgs finds orgs
 * @param configVersions reads an org's configuration versions
 * @param recentVersions the same as they were within the last second, for what may lag
 * @param settings the org's settings at these versions
 * @param baseDomain the domain under which every org has its host
 * @param defaultOrg the org that loopback names mean
 * @param proxies the proxies that are believed
 * @param trustedOrigins which pages may call
 * @param networks finds an org's zones
 * @param atlas where addresses are
 * @param blockedRequests hears of requests from blocked addresses
 * @param strayTokens hears of tokens that were used from where they may not be
 * @param authenticator finds the caller
 * @param sessionWatch looks at sessions of browsers
 * @param userAgents reads agents for the log
 * @param limiter counts requests
 * @param orgLimits what limits hold in an org
 * @param limitNotices tells the System Log of limits
 * @param requestIds makes request ids
 * @param errors writes errors
 * @param errorPages tells people of errors
 * @param log takes a line a request
 * @param meters counts requests
 */
public record Parts(
        Contract contract,
        Map<String, Binding> bindings,
        OrgDirectory orgs,
        Function<Org, ConfigVersions> configVersions,
        Function<Org, ConfigVersions> recentVersions,
        BiFunction<Org, ConfigVersions, OrgSettings> settings,
        String baseDomain,
        String defaultOrg,
        TrustedProxies proxies,
        TrustedOrigins trustedOrigins,
        OrgNetworks networks,
        Atlas atlas,
        BlockedRequests blockedRequests,
        StrayTokens strayTokens,
        Authenticator authenticator,
        SessionWatch sessionWatch,
        UserAgents userAgents,
        Limiter limiter,
        OrgLimits orgLimits,
        Notices limitNotices,
        Supplier<String> requestIds,
        ErrorWriter errors,
        ErrorPages errorPages,
        AccessLog log,
        Meters meters) {}
