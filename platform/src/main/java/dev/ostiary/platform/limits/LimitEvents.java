package dev.ostiary.platform.limits;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.event.Target;
import org.jspecify.annotations.Nullable;

/**
 * Notices as events (System Log events for rate limits; the debug data of the published event
 * types). Immutable and thread-safe.
 */
final class LimitEvents {

    private final EventCatalogue events;

    LimitEvents(EventCatalogue events) {
        this.events = events;
    }

    /**
     * @param user the id of the user whose request it was, if it was somebody's
     * @param token the id of the token that it came with
     */
    Event of(Notice notice, @Nullable String user, @Nullable String token) {
        return switch (notice.kind()) {
            case WARNING ->
                    org("system.org.rate_limit.warning", notice, user)
                            .debug("warningPercent", Integer.toString(notice.percent()));
            case VIOLATION ->
                    org("system.org.rate_limit.violation", notice, user)
                            .outcome(denied("Too many requests for the endpoint"));
            case BURST -> burst(notice, user);
            case CONCURRENCY ->
                    events.event("core.concurrency.org.limit.violation")
                            .outcome(denied("Too many concurrent requests"));
            case TOKEN_VIOLATION ->
                    token(events.event("system.operation.rate_limit.violation"), notice, token);
            case TOKEN_CONCURRENCY ->
                    token(
                            events.event("system.operation.concurrency_limit.violation"),
                            notice,
                            token);
        };
    }

    private Event org(String type, Notice notice, @Nullable String user) {
        Bucket bucket = notice.bucket();
        Event event =
                located(events.event(type).severity(Severity.WARN), bucket)
                        .debug("rateLimitBucketUuid", bucket.uuid())
                        .debug("rateLimitScopeType", "ORG")
                        .debug("rateLimitSecondsToReset", Long.toString(notice.secondsToReset()))
                        .debug("threshold", Integer.toString(notice.threshold()))
                        .debug("timeSpan", "1")
                        .debug("timeUnit", "MINUTES");
        return user == null ? event : event.debug("userId", user);
    }

    private Event burst(Notice notice, @Nullable String user) {
        Bucket bucket = notice.bucket();
        Event event =
                located(events.event("system.org.rate_limit.burst").severity(Severity.WARN), bucket)
                        .debug("burstRateLimitBucketUuid", bucket.uuid())
                        .debug("burstRateLimitUrlPattern", bucket.pattern())
                        .debug("burstThreshold", Integer.toString(notice.threshold()))
                        .debug("baseThreshold", Integer.toString(bucket.limit()))
                        .debug("timeSpan", "1")
                        .debug("timeUnit", "MINUTES");
        return user == null ? event : event.debug("userId", user);
    }

    private static Event located(Event event, Bucket bucket) {
        return event.target(new Target(bucket.pattern(), "URL Pattern", null, null))
                .target(new Target(bucket.uuid(), "Bucket Uuid", null, null));
    }

    private static Event token(Event event, Notice notice, @Nullable String token) {
        Event about = token == null ? event : event.target(new Target(token, "Token", null, null));
        return about.severity(Severity.WARN)
                .outcome(denied("Too many requests attempted by an individual API token"))
                .target(new Target(notice.bucket().pattern(), "URL Pattern", null, null))
                .debug("operationRateLimitType", "web_request")
                .debug("operationRateLimitSubtype", "ssws_token")
                .debug("operationRateLimitScopeType", "token")
                .debug("operationRateLimitThreshold", Integer.toString(notice.threshold()))
                .debug("operationRateLimitTimeSpan", "1")
                .debug("operationRateLimitTimeUnit", "MINUTES")
                .debug("operationRateLimitSecondsToReset", Long.toString(notice.secondsToReset()));
    }

    private static Outcome denied(String reason) {
        return new Outcome(Outcome.Result.DENY, reason);
    }
}
