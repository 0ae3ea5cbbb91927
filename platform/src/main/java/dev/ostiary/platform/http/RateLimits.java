package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.limits.Admission;
import dev.ostiary.platform.limits.Bucket;
import dev.ostiary.platform.limits.LimitSettings;
import dev.ostiary.platform.limits.Limiter;
import dev.ostiary.platform.limits.Notice;
import dev.ostiary.platform.limits.Notices;
import dev.ostiary.platform.limits.OrgLimits;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.problem.ApiException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rate limits (P34): counts the request in its buckets, says so in three headers, and refuses past
 * the limit. Stands between who asks and what that one may do, so that a request without valid
 * credentials is counted apart, and one that is merely forbidden is not. The operator is not
 * limited: whoever runs the server must reach it during a flood.
 */
final class RateLimits implements Step {

    private final Limiter limiter;
    private final OrgLimits settings;
    private final Notices notices;
    private final EventScope scope;

    RateLimits(Limiter limiter, OrgLimits settings, Notices notices, EventScope scope) {
        this.limiter = limiter;
        this.settings = settings;
        this.notices = notices;
        this.scope = scope;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        switch (exchange.caller()) {
            case Caller.Operator operator -> {}
            case Caller.Token token -> count(exchange);
            case Caller.Bearer bearer -> count(exchange);
            case Caller.Session session -> count(exchange);
            case Caller.Anonymous nobody -> {
                switch (exchange.operation().access()) {
                    case PUBLIC, OPTIONAL_TOKEN -> count(exchange);
                    case API_TOKEN, BEARER, SESSION -> countUnproven(exchange);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Counts a request that is about to be refused for its credentials.
     *
     * @throws ApiException {@code E0000047} if it is to be refused for their number instead
     */
    void countUnproven(Exchange exchange) {
        Bucket bucket = bucket(exchange, settings(exchange));
        if (bucket != null) {
            finish(exchange, limiter.admitUnproven(exchange.org().number(), bucket));
        }
    }

    private void count(Exchange exchange) {
        LimitSettings here = settings(exchange);
        Bucket bucket = bucket(exchange, here);
        if (bucket != null) {
            Admission admission =
                    limiter.admit(exchange.org().number(), here, bucket, token(exchange));
            tell(exchange, admission.notices());
            finish(exchange, admission);
        }
    }

    /**
     * Counts a request as under way until it is answered.
     *
     * @throws ApiException {@code E0000047} if too many are
     */
    void enter(Exchange exchange) {
        if (exchange.caller() instanceof Caller.Operator) {
            return;
        }
        LimitSettings here = settings(exchange);
        Bucket bucket = bucket(exchange, here);
        if (bucket == null) {
            return;
        }
        Admission admission = limiter.enter(exchange.org().number(), here, bucket, token(exchange));
        exchange.admission(admission);
        if (admission.refused()) {
            tell(exchange, admission.notices());
            exchange.dropReplyHeaders("X-Rate-Limit-");
            finish(exchange, admission);
        }
    }

    /**
     * Counts an attempt to sign in under a user name.
     *
     * @throws ApiException {@code E0000047} if there were too many
     */
    void countUserName(Exchange exchange, String name) {
        Admission admission =
                limiter.admitUserName(exchange.org().number(), settings(exchange), name);
        if (admission.refused()) {
            exchange.dropReplyHeaders("X-Rate-Limit-");
            finish(exchange, admission);
        }
    }

    /** The API token that a request came with; each has a share of the org's limits. */
    private static @Nullable String token(Exchange exchange) {
        return exchange.caller() instanceof Caller.Token token ? token.tokenId() : null;
    }

    /**
     * What holds now. The versions are known, since block lists have been asked; only health is
     * told without them, and that is not limited in any tier.
     */
    private LimitSettings settings(Exchange exchange) {
        return settings.at(
                exchange.org(), exchange.knownVersions().orElse(ConfigVersions.untouched()));
    }

    private void tell(Exchange exchange, List<Notice> told) {
        if (told.isEmpty()) {
            return;
        }
        RequestContext context = scope.context(exchange);
        String user = exchange.caller().principal().map(Caller.Principal::id).orElse(null);
        for (Notice notice : told) {
            notices.note(exchange.org().number(), context, notice, user, token(exchange));
        }
    }

    private static void finish(Exchange exchange, Admission admission) {
        exchange.replyHeader("X-Rate-Limit-Limit", Integer.toString(admission.limit()));
        exchange.replyHeader("X-Rate-Limit-Remaining", Integer.toString(admission.remaining()));
        exchange.replyHeader("X-Rate-Limit-Reset", Long.toString(admission.reset()));
        if (admission.refused()) {
            throw ApiException.of("E0000047");
        }
    }

    private static @Nullable Bucket bucket(Exchange exchange, LimitSettings settings) {
        return settings.profile()
                .bucket(
                        exchange.operation(),
                        () -> Urls.segments(exchange.incoming.rawPath()).orElseThrow());
    }
}
