package dev.ostiary.server.limits;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.limits.TokenShare;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The tag PrincipalRateLimit: how much of the org's limits a single API token may use. There is at
 * most one for a token, and it goes with the token. OAuth clients come with OAuth.
 */
public final class PrincipalRateLimits implements Family {

    private static final String TYPE = "PrincipalRateLimit";
    private static final Limits PAGES = Limits.refusing(20, 50);
    private static final Attributes FILTERED =
            Attributes.of(
                    Attribute.text("principalType")
                            .column("'SSWS_TOKEN'::text")
                            .documented(Operator.EQ),
                    Attribute.text("principalId").column("token_id").documented(Operator.EQ));

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final PrincipalRateLimitStore store = new PrincipalRateLimitStore();

    public PrincipalRateLimits(
            Database database, Ids ids, InstantSource time, EventCatalogue events) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listPrincipalRateLimitEntities", this::list)
                        .answersMany(PrincipalRateLimit.SCHEMA),
                Binding.of("createPrincipalRateLimitEntity", this::create)
                        .takes(PrincipalRateLimitBody.SHAPE)
                        .answers(PrincipalRateLimit.SCHEMA),
                Binding.of("getPrincipalRateLimitEntity", this::get)
                        .answers(PrincipalRateLimit.SCHEMA),
                Binding.of("replacePrincipalRateLimitEntity", this::replace)
                        .takes(PrincipalRateLimitBody.SHAPE)
                        .answers(PrincipalRateLimit.SCHEMA));
    }

    private Reply list(Request request) {
        Org org = request.org();
        String text =
                request.query()
                        .first("filter")
                        .orElseThrow(
                                () ->
                                        ApiException.validation(
                                                "filter",
                                                "filter: The field cannot be left blank"));
        Sql filter =
                new SqlFilter(FILTERED, FilterErrors.SEARCH, org.settings().strict()).where(text);
        PageRequest asked = PageRequest.forward(request.parameters(), PAGES);
        Page<PrincipalRateLimit> page =
                database.read(org.number(), reader -> store.page(reader, filter, asked));
        return Reply.list(page.items(), (limit, out) -> limit.write(out, org))
                .with(request.links(page, asked.limit(), Page.LinkPolicy.SELF));
    }

    private Reply get(Request request) {
        PrincipalRateLimit limit =
                database.read(
                                request.org().number(),
                                reader ->
                                        store.find(
                                                reader, request.variable("principalRateLimitId")))
                        .orElseThrow(() -> unknown(request));
        return Reply.ok(out -> limit.write(out, request.org()));
    }

    private Reply create(Request request) {
        PrincipalRateLimitBody body = PrincipalRateLimitBody.of(request);
        Org org = request.org();
        Instant now = now();
        String by = userOf(request.caller());
        PrincipalRateLimit limit =
                new PrincipalRateLimit(
                        ids.next("prl", org.tail(), now),
                        tokenOf(body),
                        body.share(),
                        now,
                        by,
                        now,
                        by);
        try {
            database.write(org.number(), tx -> insert(tx, limit));
        } catch (UniqueViolation e) {
            if (!e.constraint().equals(PrincipalRateLimitStore.ONE_A_TOKEN)) {
                throw e;
            }
            throw ApiException.validation(
                    PrincipalRateLimitBody.SUBJECT,
                    "principalId: A rate limit already exists for this principal.");
        } catch (ForeignKeyViolation e) {
            throw ApiException.notFound(body.principalId(), "Token");
        }
        return Reply.json(201, out -> limit.write(out, org));
    }

    private PrincipalRateLimit insert(Tx tx, PrincipalRateLimit limit) {
        tx.emit(
                changed(limit)
                        .debug("newRateLimitPercentage", text(limit.share().percent()))
                        .debug(
                                "newConcurrencyPercentage",
                                text(limit.share().concurrencyPercent())));
        store.insert(tx, limit);
        return limit;
    }

    private Reply replace(Request request) {
        PrincipalRateLimitBody body = PrincipalRateLimitBody.of(request);
        PrincipalRateLimit limit =
                database.write(request.org().number(), tx -> replace(tx, request, body));
        return Reply.ok(out -> limit.write(out, request.org()));
    }

    private PrincipalRateLimit replace(Tx tx, Request request, PrincipalRateLimitBody body) {
        PrincipalRateLimit old =
                store.findForUpdate(tx, request.variable("principalRateLimitId"))
                        .orElseThrow(() -> unknown(request));
        if (body.type() != PrincipalType.SSWS_TOKEN || !body.principalId().equals(old.tokenId())) {
            throw ApiException.validation(
                    PrincipalRateLimitBody.SUBJECT,
                    "principalId: The principal of a rate limit cannot be changed.");
        }
        TokenShare share = body.share();
        if (share.equals(old.share())) {
            return old;
        }
        PrincipalRateLimit limit = old.with(share, now(), userOf(request.caller()));
        tx.emit(
                changed(limit)
                        .debug("oldRateLimitPercentage", text(old.share().percent()))
                        .debug("newRateLimitPercentage", text(share.percent()))
                        .debug("oldConcurrencyPercentage", text(old.share().concurrencyPercent()))
                        .debug("newConcurrencyPercentage", text(share.concurrencyPercent())));
        store.update(tx, limit);
        return limit;
    }

    private Event changed(PrincipalRateLimit limit) {
        return events.event("system.rate_limit.configuration.update")
                .target(new Target(limit.id(), TYPE, null, null))
                .target(new Target(limit.tokenId(), "Token", null, null));
    }

    private static String text(int percent) {
        return Integer.toString(percent);
    }

    /** The token that a body is about; no client has an id yet. */
    private static String tokenOf(PrincipalRateLimitBody body) {
        return switch (body.type()) {
            case SSWS_TOKEN -> {
                if (!Ids.isId(body.principalId())) {
                    throw ApiException.notFound(body.principalId(), "Token");
                }
                yield body.principalId();
            }
            case OAUTH_CLIENT ->
                    throw ApiException.notFound(body.principalId(), "OAuth2AppInstance");
        };
    }

    private static String userOf(Caller caller) {
        return caller.actorId().orElseThrow(ApiException::forbidden);
    }

    /** Dates of these have whole seconds. */
    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static ApiException unknown(Request request) {
        return ApiException.notFound(request.variable("principalRateLimitId"), TYPE);
    }
}
