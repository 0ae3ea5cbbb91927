package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.groups.GroupOwner.Type;
import dev.ostiary.server.directory.groups.GroupStore.Lock;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tag GroupOwner. Thread-safe. */
public final class GroupOwners implements Family {

    /** The wire's name of the type, in errors (WIRE, "Errors"). */
    private static final String TYPE = "LinkedObject";

    private static final String GROUP_ID = "groupId";
    private static final Limits LIMITS = Limits.clamping(1000, 1000);
    private static final Keyset BY_ID =
            Keyset.byId(SortKey.id("o.owner_id", Direction.ASC), PagingErrors.PAGING);
    private static final Attributes ATTRIBUTES =
            Attributes.of(Attribute.text("type").column("o.type").documented(Operator.EQ));

    private final Database database;
    private final InstantSource time;
    private final UserDirectory users;
    private final OwnerChanges changes;
    private final GroupStore groups = new GroupStore();
    private final GroupOwnerStore store = new GroupOwnerStore();

    public GroupOwners(
            Database database, InstantSource time, EventCatalogue events, UserDirectory users) {
        this.database = database;
        this.time = time;
        this.users = users;
        this.changes = new OwnerChanges(events);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listGroupOwners", this::list).answersMany(GroupOwner.SCHEMA),
                Binding.of("assignGroupOwner", this::assign)
                        .takes(Body.SHAPE)
                        .answers(GroupOwner.SCHEMA),
                Binding.of("deleteGroupOwner", this::delete));
    }

    /** Takes a user who is being deleted from every group that it owns. */
    public void removeUser(Tx tx, Org org, String userId) {
        changes.removeEverywhere(tx, org, userId, Type.USER);
    }

    /** The body of {@code assignGroupOwner}. */
    private record Body(String id, Type type) {
        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("owner");
            Field<Body, String> id =
                    shape.field("id", dev.ostiary.platform.json.Type.TEXT, Body::id).required();
            Field<Body, String> type =
                    shape.field(
                                    "type",
                                    dev.ostiary.platform.json.Type.TEXT,
                                    body -> body.type().name())
                            .required()
                            .must(Body::isType, "must be USER or GROUP");
            return shape.build(in -> new Body(in.get(id), Type.valueOf(in.get(type))));
        }

        private static boolean isType(String text) {
            return EnumSet.allOf(Type.class).stream().anyMatch(type -> type.name().equals(text));
        }
    }

    private record Listed(Page<GroupOwner> page, Map<String, String> names) {}

    private Reply list(Request request) {
        Org org = request.org();
        PageRequest wanted = PageRequest.forward(request.parameters(), LIMITS);
        SqlFilter filter = new SqlFilter(ATTRIBUTES, FilterErrors.SEARCH, org.settings().strict());
        Sql condition = request.query().first("search").map(filter::where).orElse(Sql.of("TRUE"));
        Listed listed =
                database.read(
                        org.number(),
                        reader -> list(reader, org, request.variable(GROUP_ID), condition, wanted));
        return Reply.list(
                        listed.page().items(),
                        (owner, out) ->
                                owner.write(out, listed.names().getOrDefault(owner.id(), ""), org))
                .with(request.links(listed.page(), wanted.limit(), LinkPolicy.IF_MORE));
    }

    private Listed list(Reader reader, Org org, String groupId, Sql condition, PageRequest wanted) {
        groups.require(reader, org, groupId, Lock.NONE);
        Page<GroupOwner> page =
                BY_ID.page(
                        wanted,
                        (beyond, order, most) ->
                                store.find(
                                        reader,
                                        groupId,
                                        condition.then("AND").then(beyond),
                                        order,
                                        most),
                        owner -> List.of(Optional.of(owner.id())));
        return new Listed(page, names(reader, org, page.items()));
    }

    private Map<String, String> names(Reader reader, Org org, List<GroupOwner> owners) {
        Map<String, String> names = new HashMap<>();
        users.byIds(reader, ids(owners, Type.USER))
                .forEach(user -> names.put(user.id(), UserEvents.displayName(user)));
        groups.byIds(reader, org, ids(owners, Type.GROUP))
                .forEach(group -> names.put(group.id(), group.profile().name()));
        return names;
    }

    private static List<String> ids(List<GroupOwner> owners, Type type) {
        return owners.stream().filter(owner -> owner.type() == type).map(GroupOwner::id).toList();
    }

    private record Assigned(GroupOwner owner, String name) {}

    private Reply assign(Request request) {
        Body body = request.body(Body.SHAPE);
        Assigned assigned;
        try {
            assigned = database.write(request.org().number(), tx -> assign(tx, request, body));
        } catch (ForeignKeyViolation e) {
            throw refusal(e, body);
        }
        return Reply.json(201, out -> assigned.owner().write(out, assigned.name(), request.org()));
    }

    private Assigned assign(Tx tx, Request request, Body body) {
        Org org = request.org();
        Group group = groups.require(tx, org, request.variable(GROUP_ID), Lock.PROFILE);
        Target target = target(tx, org, body);
        GroupOwner owner =
                new GroupOwner(
                        body.id(), body.type(), time.instant().truncatedTo(ChronoUnit.MILLIS));
        if (!changes.add(tx, org, group.ref(), owner, target)) {
            throw ApiException.validation(
                    "owner", "Provided owner is already assigned to this group");
        }
        return new Assigned(owner, String.valueOf(target.displayName()));
    }

    private Target target(Tx tx, Org org, Body body) {
        return switch (body.type()) {
            case USER ->
                    UserEvents.target(
                            users.byId(tx, body.id())
                                    .orElseThrow(
                                            () ->
                                                    ApiException.notFound(
                                                            body.id(), UserDirectory.TYPE)));
            case GROUP -> groups.require(tx, org, body.id(), Lock.NONE).ref().target();
        };
    }

    /** Between the reading of the owner and the end of the transaction, somebody deleted it. */
    private static RuntimeException refusal(ForeignKeyViolation violation, Body body) {
        return switch (violation.constraint()) {
            case GroupOwnerStore.NO_USER -> ApiException.notFound(body.id(), UserDirectory.TYPE);
            case GroupOwnerStore.NO_GROUP -> ApiException.notFound(body.id(), GroupStore.TYPE);
            default -> violation;
        };
    }

    private Reply delete(Request request) {
        Org org = request.org();
        String ownerId = request.variable("ownerId");
        boolean gone =
                database.write(
                        org.number(),
                        tx -> {
                            Group group =
                                    groups.require(
                                            tx, org, request.variable(GROUP_ID), Lock.PROFILE);
                            return changes.remove(tx, org, group.ref(), ownerId);
                        });
        if (!gone) {
            throw ApiException.notFound(ownerId, TYPE);
        }
        return Reply.noContent();
    }
}
