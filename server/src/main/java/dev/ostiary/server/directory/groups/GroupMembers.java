package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.groups.GroupStore.Lock;
import dev.ostiary.server.directory.memberships.MembershipWatch;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.directory.users.UserJson;
import java.util.List;
import java.util.Optional;

/** The operations of the tag Group that are about members. */
public final class GroupMembers implements Family {

    private static final Limits LIMITS = Limits.clamping(1000, 1000);

    private static final Keyset BY_USER =
            Keyset.byId(SortKey.id("user_id", Direction.ASC), PagingErrors.PAGING);

    private final Database database;
    private final EventCatalogue events;
    private final Memberships memberships;
    private final UserDirectory users;
    private final MembershipWatch watch;
    private final GroupStore store = new GroupStore();

    public GroupMembers(
            Database database,
            EventCatalogue events,
            Memberships memberships,
            UserDirectory users,
            MembershipWatch watch) {
        this.database = database;
        this.events = events;
        this.memberships = memberships;
        this.users = users;
        this.watch = watch;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listGroupUsers", this::list).answersMany(UserJson.SCHEMA),
                Binding.of("assignUserToGroup", this::assign),
                Binding.of("unassignUserFromGroup", this::unassign));
    }

    private record Listed(Page<String> page, List<User> users) {}

    private Reply list(Request request) {
        Org org = request.org();
        PageRequest wanted = PageRequest.forward(request.parameters(), LIMITS);
        Listed listed =
                database.read(
                        org.number(),
                        reader -> list(reader, org, request.variable("groupId"), wanted));
        UserJson json = UserJson.inList(request.baseUrl(), org);
        return Reply.list(listed.users(), (user, out) -> json.write(out, user))
                .with(request.links(listed.page(), wanted.limit(), LinkPolicy.SELF));
    }

    private Listed list(Reader reader, Org org, String groupId, PageRequest wanted) {
        Group group = store.require(reader, org, groupId, Lock.NONE);
        Page<String> page =
                BY_USER.page(
                        wanted,
                        (beyond, order, most) ->
                                memberships.members(
                                        reader, org, groupId, group.roster(), beyond, order, most),
                        id -> List.of(Optional.of(id)));
        return new Listed(page, users.byIds(reader, page.items()));
    }

    private Reply assign(Request request) {
        try {
            database.write(request.org().number(), tx -> assign(tx, request));
        } catch (ForeignKeyViolation e) {
            // between the reading of the user and the end of this transaction, somebody deleted it
            throw ApiException.notFound(request.variable("userId"), UserDirectory.TYPE);
        }
        return Reply.noContent();
    }

    private boolean assign(Tx tx, Request request) {
        Org org = request.org();
        Group group = managed(tx, request);
        User user = user(tx, request);
        boolean joined = memberships.add(tx, org, group.id(), user.id());
        if (joined) {
            tx.emit(event("group.user_membership.add", user, group));
        }
        watch.changed(tx, org, user.id());
        return joined;
    }

    private Reply unassign(Request request) {
        database.write(request.org().number(), tx -> unassign(tx, request));
        return Reply.noContent();
    }

    private boolean unassign(Tx tx, Request request) {
        Org org = request.org();
        Group group = managed(tx, request);
        User user = user(tx, request);
        watch.leaving(tx, org, group.id(), user.id());
        boolean left = memberships.remove(tx, org, group.id(), user.id());
        if (left) {
            tx.emit(event("group.user_membership.remove", user, group));
            watch.changed(tx, org, user.id());
        }
        return left;
    }

    private Group managed(Tx tx, Request request) {
        return store.require(tx, request.org(), request.variable("groupId"), Lock.STAYS)
                .requireManagedHere();
    }

    private User user(Reader reader, Request request) {
        return users.require(reader, request.caller(), request.variable("userId"));
    }

    private Event event(String type, User user, Group group) {
        return events.event(type).target(UserEvents.target(user)).target(group.ref().target());
    }
}
