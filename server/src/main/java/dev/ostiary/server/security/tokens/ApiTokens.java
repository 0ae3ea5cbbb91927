package dev.ostiary.server.security.tokens;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.security.zones.OrgZones;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tag ApiToken, and the making of tokens, which the original leaves to its console. */
public final class ApiTokens implements Family {

    /** What tokens are hashed as; a hash of one kind never matches a token of another (P22). */
    static final String KIND = "api-token";

    private final Database database;
    private final ApiTokenStore store;
    private final Ids ids;
    private final Tokens tokens;
    private final EventCatalogue events;
    private final UserDirectory users;
    private final OrgZones zones;
    private final InstantSource time;

    public ApiTokens(
            Database database,
            ApiTokenStore store,
            Ids ids,
            Tokens tokens,
            EventCatalogue events,
            UserDirectory users,
            OrgZones zones,
            InstantSource time) {
        this.database = database;
        this.store = store;
        this.ids = ids;
        this.tokens = tokens;
        this.events = events;
        this.users = users;
        this.zones = zones;
        this.time = time;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listApiTokens", this::list).answersMany(ApiToken.SCHEMA),
                Binding.of("getApiToken", this::get).answers(ApiToken.SCHEMA),
                Binding.of("upsertApiToken", this::update)
                        .takes(Change.SHAPE)
                        .answers(ApiToken.SCHEMA),
                Binding.of("revokeApiToken", this::revoke),
                Binding.of("revokeCurrentApiToken", this::revokeCurrent).forSelf(),
                Binding.of("createOstiaryApiToken", this::create)
                        .takes(Order.SHAPE)
                        .answers(Issued.SCHEMA));
    }

    /**
     * A new token.
     *
     * @param text the token itself: shown to whoever asked, and never again
     * @param id its public id
     */
    public record Issued(String text, String id) {
        private static final Schema SCHEMA =
                Schema.object()
                        .always("id", Schema.TEXT)
                        .always("name", Schema.TEXT)
                        .always("token", Schema.TEXT);
    }

    /** Makes a token for a user, within the caller's transaction. */
    public Issued issue(Tx tx, Org org, String userId, String name, String clientName) {
        return issue(tx, org, userId, name, clientName, TokenWindow.USUAL);
    }

    private Issued issue(
            Tx tx, Org org, String userId, String name, String clientName, Duration window) {
        String text = tokens.apiToken();
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        ApiToken token =
                new ApiToken(
                        ids.next("00T", org.tail()),
                        userId,
                        name,
                        clientName,
                        TokenNetwork.ANYWHERE,
                        window,
                        now,
                        now,
                        now);
        store.insert(tx, org, token, TokenHash.of(KIND, text));
        tx.emit(events.event("system.api_token.create").target(target(token)));
        return new Issued(text, token.id());
    }

    private Reply list(Request request) {
        List<ApiToken> all =
                database.read(
                        request.org().number(),
                        reader -> store.list(reader, request.org(), time.instant()));
        return Reply.list(all, (token, out) -> token.write(out, request.baseUrl()));
    }

    private Reply get(Request request) {
        ApiToken token =
                database.read(
                                request.org().number(),
                                reader ->
                                        store.find(
                                                reader,
                                                request.org(),
                                                request.variable("apiTokenId"),
                                                time.instant()))
                        .orElseThrow(() -> unknown(request));
        return Reply.ok(out -> token.write(out, request.baseUrl()));
    }

    /**
     * @param name what people call it, or null to keep it
     * @param network from where it may be used, or null to keep it
     */
    private record Change(@Nullable String name, @Nullable TokenNetwork network) {
        private static final Shape<Change> SHAPE = shape();

        private static Shape<Change> shape() {
            Shape.Builder<Change> shape = Shape.of("apiToken");
            Field<Change, String> name =
                    shape.field("name", Type.TEXT, Change::name)
                            .must(
                                    text -> !text.isBlank() && text.length() <= 255,
                                    "must be 1 to 255 characters");
            Field<Change, TokenNetwork> network =
                    shape.field("network", Type.nested(TokenNetwork.SHAPE), Change::network);
            return shape.build(in -> new Change(in.orNull(name), in.orNull(network)));
        }
    }

    private Reply update(Request request) {
        Change change = request.body(Change.SHAPE);
        ApiToken changed =
                database.write(request.org().number(), tx -> update(tx, request, change));
        return Reply.ok(out -> changed.write(out, request.baseUrl()));
    }

    private ApiToken update(Tx tx, Request request, Change change) {
        ApiToken old =
                store.lock(tx, request.org(), request.variable("apiTokenId"), time.instant())
                        .orElseThrow(() -> unknown(request));
        refuseUnknownZones(tx, request.org(), change.network());
        ApiToken changed =
                new ApiToken(
                        old.id(),
                        old.userId(),
                        change.name() == null ? old.name() : change.name(),
                        old.clientName(),
                        change.network() == null ? old.network() : change.network(),
                        old.window(),
                        old.created(),
                        time.instant().truncatedTo(ChronoUnit.MILLIS),
                        old.lastUsed());
        store.update(tx, request.org(), changed);
        tx.emit(events.event("system.api_token.update").target(target(changed)));
        return changed;
    }

    /** A token may be tied to zones of its org only, and those stay while it is. */
    private void refuseUnknownZones(Tx tx, Org org, @Nullable TokenNetwork network) {
        if (network == null || !network.isLimited()) {
            return;
        }
        if (network.included().isEmpty() && network.excluded().isEmpty()) {
            throw ApiException.validation(
                    "network", "network: at least one zone must be included or excluded");
        }
        ConfigVersionStore.hold(tx);
        zones.require(tx, org, network.included());
        zones.require(tx, org, network.excluded());
    }

    private Reply revoke(Request request) {
        return revoke(request, request.variable("apiTokenId"));
    }

    private Reply revokeCurrent(Request request) {
        return switch (request.caller()) {
            case Caller.Token token -> revoke(request, token.tokenId());
            case Caller.Session session -> throw ApiException.forbidden();
            case Caller.Bearer bearer -> throw ApiException.forbidden();
            case Caller.Operator operator -> throw ApiException.forbidden();
            case Caller.Anonymous nobody -> throw ApiException.of("E0000005");
        };
    }

    private Reply revoke(Request request, String id) {
        database.write(
                request.org().number(),
                tx -> {
                    ApiToken token =
                            store.lock(tx, request.org(), id, time.instant())
                                    .orElseThrow(() -> unknown(request));
                    store.delete(tx, request.org(), id);
                    tx.emit(revoked(token));
                    return token;
                });
        return Reply.noContent();
    }

    /** Revokes every token of a user who is being deactivated, within that transaction. */
    public void revokeAll(Tx tx, Org org, String userId) {
        store.deleteOf(tx, org, userId).forEach(token -> tx.emit(revoked(token)));
    }

    private Event revoked(ApiToken token) {
        return events.event("system.api_token.revoke").target(target(token));
    }

    /**
     * {@code {"user": login or id, "name": …, "tokenWindow": "PT8H"}}: the answer is the only place
     * where the token's text ever stands.
     */
    private Reply create(Request request) {
        Order order = request.body(Order.SHAPE);
        Issued issued =
                database.write(
                        request.org().number(),
                        tx ->
                                issue(
                                        tx,
                                        request.org(),
                                        holder(tx, request, order.user()),
                                        order.name(),
                                        "Ostiary",
                                        order.window()));
        return Reply.json(
                201,
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("id", issued.id());
                    out.writeStringProperty("name", order.name());
                    out.writeStringProperty("token", issued.text());
                    out.writeEndObject();
                });
    }

    /** Whoever has left gets no token that would come alive with the account. */
    private String holder(Tx tx, Request request, String reference) {
        String userId = users.require(tx, request.caller(), reference).id();
        String status =
                store.holdStatus(tx, request.org(), userId)
                        .orElseThrow(() -> ApiException.notFound(reference, UserDirectory.TYPE));
        if (status.equals("DEPROVISIONED")) {
            throw ApiException.validation("user", "user: The user is deactivated");
        }
        return userId;
    }

    private record Order(String user, String name, Duration window) {
        private static final Shape<Order> SHAPE = shape();

        private static Shape<Order> shape() {
            Shape.Builder<Order> shape = Shape.of("apiToken");
            Field<Order, String> user = shape.field("user", Type.TEXT, Order::user).required();
            Field<Order, String> name =
                    shape.field("name", Type.TEXT, Order::name)
                            .required()
                            .must(
                                    text -> !text.isBlank() && text.length() <= 255,
                                    "must be 1 to 255 characters");
            Field<Order, String> window =
                    shape.field("tokenWindow", Type.TEXT, order -> TokenWindow.text(order.window()))
                            .must(
                                    text -> TokenWindow.parse(text).isPresent(),
                                    "must be an ISO 8601 duration from PT1S to P365D");
            return shape.build(
                    in ->
                            new Order(
                                    in.get(user),
                                    in.get(name),
                                    in.find(window)
                                            .flatMap(TokenWindow::parse)
                                            .orElse(TokenWindow.USUAL)));
        }
    }

    private static Target target(ApiToken token) {
        return target(token.id(), token.name());
    }

    /** A token as a target of events. */
    static Target target(String id, String name) {
        return new Target(id, "Token", "unknown", name);
    }

    private static ApiException unknown(Request request) {
        return ApiException.notFound(
                request.variables().getOrDefault("apiTokenId", "current"), "Token");
    }
}
