package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import java.util.List;
import java.util.Optional;

/**
 * The tag UserResources: what a user has a part in. A user without an admin role may ask for its
 * own.
 */
public final class UserResources implements Family {

    private final Database database;
    private final Memberships memberships;
    private final UserDirectory users;
    private final GroupStore store = new GroupStore();

    public UserResources(Database database, Memberships memberships, UserDirectory users) {
        this.database = database;
        this.memberships = memberships;
        this.users = users;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listUserGroups", this::groups).answersMany(GroupJson.SCHEMA).forSelf(),
                Binding.of("listUserDevices", request -> nothing(request, "userId"))
                        .answersMany(Schema.ANY)
                        .forSelf()
                        .untilThereAre("devices"));
    }

    private Reply groups(Request request) {
        Org org = request.org();
        List<Group> groups =
                database.read(
                        org.number(),
                        reader -> {
                            User user = user(reader, request, "id");
                            return store.byIds(
                                    reader, org, memberships.groupsOf(reader, org, user.id()));
                        });
        GroupJson json = GroupJson.plain(request.baseUrl());
        Page<Group> whole = new Page<>(groups, Optional.empty());
        return Reply.ok(out -> json.write(out, groups))
                .with(request.links(whole, 1, LinkPolicy.SELF));
    }

    private Reply nothing(Request request, String variable) {
        database.read(request.org().number(), reader -> user(reader, request, variable));
        return EmptyList.of(request);
    }

    private User user(Reader reader, Request request, String variable) {
        return users.requireVisible(reader, request.caller(), request.variable(variable));
    }
}
