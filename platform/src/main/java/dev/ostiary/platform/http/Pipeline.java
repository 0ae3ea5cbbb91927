package dev.ostiary.platform.http;

import dev.ostiary.platform.context.TrustedProxies;
import dev.ostiary.platform.http.ErrorWriter.Written;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.OutOfSpace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Every request runs through the same list of steps, in this order; no handler can skip one.
 * Thread-safe.
 *
 * <p>Whatever happens, the answer carries a request id and the security headers, an error is the
 * five-field object, or a page where a browser asked for one, and there is one line in the log.
 */
public final class Pipeline {

    private static final Logger LOG = System.getLogger(Pipeline.class.getName());

    private final List<Step> steps;
    private final TrustedProxies proxies;
    private final Function<Org, ConfigVersions> configVersions;
    private final OrgNetworks networks;
    private final Supplier<String> requestIds;
    private final ErrorWriter errors;
    private final PageErrors pageErrors;
    private final AccessLog log;
    private final Meters meters;

    /** Puts the steps in their order. */
    public Pipeline(Parts parts) {
        this.proxies = parts.proxies();
        this.configVersions = parts.configVersions();
        this.requestIds = parts.requestIds();
        this.errors = parts.errors();
        this.pageErrors = new PageErrors(parts.errorPages());
        this.log = parts.log();
        this.meters = parts.meters();
        this.networks = parts.networks();
        Origins origins = new Origins(parts.trustedOrigins());
        EventScope scope = new EventScope(parts.userAgents(), parts.atlas());
        RateLimits limits =
                new RateLimits(parts.limiter(), parts.orgLimits(), parts.limitNotices(), scope);
        this.steps =
                List.of(
                        new OnlyHttps(),
                        new FindOrg(parts.orgs(), parts.baseDomain(), parts.defaultOrg()),
                        new ReadClient(parts.proxies()),
                        new Cors(parts.contract(), origins),
                        new MatchOperation(
                                parts.contract(), parts.bindings(), parts.recentVersions()),
                        new CrossSite(origins),
                        new Authenticate(
                                parts.authenticator(),
                                new BlockLists(parts.blockedRequests(), scope),
                                limits,
                                parts.strayTokens(),
                                scope),
                        limits,
                        new ReadSettings(parts.settings()),
                        new WatchSessions(parts.sessionWatch(), scope),
                        new Authorize(),
                        new ReadBody(),
                        new UnderWay(limits),
                        new Handle(scope, limits));
    }

    Reply answer(Incoming said) {
        Incoming incoming = ForwardedIncoming.behind(proxies, said);
        long started = System.nanoTime();
        Exchange exchange =
                new Exchange(incoming, requestIds.get(), started, configVersions, networks);
        Reply reply;
        try {
            reply = run(exchange);
        } finally {
            exchange.answered();
        }
        Reply finished =
                SecurityHeaders.add(
                        reply.with(exchange.replyHeaders()), incoming.secure(), exchange.requestId);
        long nanos = System.nanoTime() - started;
        log.line(exchange, finished.status(), nanos);
        meters.request(exchange, finished.status(), nanos);
        return incoming.method().equals("HEAD") ? finished.withoutBody() : finished;
    }

    /** The steps in their order, for those who measure them. */
    List<Step> steps() {
        return steps;
    }

    private Reply run(Exchange exchange) {
        try {
            for (Step step : steps) {
                Optional<Reply> reply = step.run(exchange);
                if (reply.isPresent()) {
                    return reply.get();
                }
            }
            throw new IllegalStateException("no step answered");
        } catch (Refused refused) {
            return reply(
                    exchange, errors.refused(refused.status, String.valueOf(refused.getMessage())));
        } catch (OutOfSpace full) {
            LOG.log(Level.ERROR, "request " + exchange.requestId + ": " + full.getMessage());
            return reply(exchange, errors.write(ApiException.of("E0000010")));
        } catch (RuntimeException | StackOverflowError thrown) {
            ApiException documented = ApiException.in(thrown);
            if (documented != null) {
                return reply(exchange, errors.write(documented));
            }
            Written written = errors.unexpected();
            LOG.log(
                    Level.ERROR,
                    "request " + exchange.requestId + " error " + written.errorId(),
                    thrown);
            return reply(exchange, written);
        }
    }

    private Reply reply(Exchange exchange, Written written) {
        exchange.errorId(written.errorId());
        return pageErrors
                .page(exchange, written)
                .orElseGet(() -> Reply.text(written.status(), Reply.JSON, written.body()));
    }
}
