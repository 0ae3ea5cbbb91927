package dev.ostiary.platform.http;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgDirectory;
import dev.ostiary.platform.problem.ApiException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The org by host (P1). An org's own port names it whatever the host says; {@code localhost} and
 * loopback addresses name the default org, since clients on the same machine write those; {@code
 * NAME.base-domain} names its org, and so does a custom domain. Any other host is nobody's.
 */
final class FindOrg implements Step {

    private final OrgDirectory orgs;
    private final String baseDomain;
    private final String defaultOrg;

    FindOrg(OrgDirectory orgs, String baseDomain, String defaultOrg) {
        this.orgs = orgs;
        this.baseDomain = baseDomain;
        this.defaultOrg = defaultOrg;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        String host = host(exchange.incoming.authority());
        Optional<Org> found = orgs.byPort(exchange.incoming.localPort());
        if (found.isEmpty()) {
            String name = name(host);
            found =
                    name == null
                            ? orgs.byHost(host).map(org -> org.reachedBy(host))
                            : orgs.byName(name);
        }
        exchange.org(found.orElseThrow(() -> ApiException.notFound(host, "Org")));
        return Optional.empty();
    }

    private @Nullable String name(String host) {
        if (isLoopback(host)) {
            return defaultOrg;
        }
        String suffix = "." + baseDomain;
        if (!host.endsWith(suffix)) {
            return null;
        }
        String name = host.substring(0, host.length() - suffix.length());
        return name.isEmpty() || name.indexOf('.') >= 0 ? null : name;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.startsWith("127.") && host.matches("127(\\.\\d{1,3}){3}");
    }

    /** The host of {@code host:port}, lower case; an IPv6 literal keeps its brackets. */
    static String host(String authority) {
        int colon =
                authority.startsWith("[")
                        ? authority.indexOf(':', authority.indexOf(']') + 1)
                        : authority.indexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        return host.toLowerCase(Locale.ROOT);
    }
}
