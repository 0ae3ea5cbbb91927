package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.directory.users.UserJson;
import java.util.List;
import java.util.Optional;

/** The tag ApplicationUsers: what is read here, what is changed in {@link AppUserChanges}. */
public final class AppUsers implements Family {

    private static final Limits LIMITS = Limits.refusing(50, 500);

    /** No login is longer, so a longer beginning finds nothing. */
    private static final int LONGEST_Q = 100;

    private static final Keyset BY_USER =
            Keyset.byId(SortKey.id("user_id", Direction.ASC), PagingErrors.PAGING);

    private final Database database;
    private final AppStore apps;
    private final AppUserReader reading;
    private final AppUserChanges changes;

    public AppUsers(
            Database database, AppStore apps, AppUserReader reading, AppUserChanges changes) {
        this.database = database;
        this.apps = apps;
        this.reading = reading;
        this.changes = changes;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listApplicationUsers", this::list).answersMany(AppUser.SCHEMA),
                Binding.of("assignUserToApplication", this::assign)
                        .takes(AppUserBody.ASSIGNING)
                        .answers(AppUser.SCHEMA),
                Binding.of("getApplicationUser", this::get).answers(AppUser.SCHEMA),
                Binding.of("updateApplicationUser", this::update)
                        .takes(AppUserBody.UPDATING)
                        .answers(AppUser.SCHEMA),
                Binding.of("unassignUserFromApplication", this::unassign));
    }

    private record Listed(Page<String> page, List<AppUser> users) {}

    private Reply list(Request request) {
        Org org = request.org();
        PageRequest wanted = PageRequest.forward(request.parameters(), LIMITS);
        String q = request.query().text("q").orElse("");
        boolean withUser = expandsUser(request);
        Listed listed =
                database.read(
                        org.number(),
                        reader -> {
                            App app = apps.require(reader, org, appId(request));
                            Page<String> page = page(reader, app, wanted, q);
                            return new Listed(page, reading.all(reader, org, app, page.items()));
                        });
        return Reply.list(
                        listed.users(),
                        (user, out) ->
                                user.write(out, request.baseUrl(), embedded(request, withUser)))
                .with(request.links(listed.page(), wanted.limit(), Page.LinkPolicy.SELF));
    }

    private static Page<String> page(Reader reader, App app, PageRequest wanted, String q) {
        if (q.length() > LONGEST_Q || q.indexOf('\0') >= 0) {
            return new Page<>(List.of(), Optional.empty());
        }
        return BY_USER.page(
                wanted,
                (beyond, order, most) ->
                        AssignedUsers.page(reader, app.id(), beyond, order, most, q),
                id -> List.of(Optional.of(id)));
    }

    private static boolean expandsUser(Request request) {
        Optional<String> expand = request.query().text("expand");
        if (expand.isPresent() && !expand.get().equals("user")) {
            throw ApiException.validation("RequestParams", "Expand query is malformed.");
        }
        return expand.isPresent();
    }

    private static Optional<UserJson> embedded(Request request, boolean wanted) {
        return wanted
                ? Optional.of(UserJson.single(request.baseUrl(), request.org()))
                : Optional.empty();
    }

    private Reply get(Request request) {
        Org org = request.org();
        boolean withUser = expandsUser(request);
        AppUser user =
                database.read(
                        org.number(),
                        reader ->
                                reading.require(
                                        reader,
                                        org,
                                        apps.require(reader, org, appId(request)),
                                        request.variable("userId")));
        return Reply.ok(out -> user.write(out, request.baseUrl(), embedded(request, withUser)));
    }

    private Reply assign(Request request) {
        return answer(
                request,
                changes.assign(request.org(), request.caller(), appId(request), request.object()));
    }

    private Reply update(Request request) {
        return answer(
                request,
                changes.update(
                        request.org(),
                        appId(request),
                        request.variable("userId"),
                        request.object()));
    }

    private Reply unassign(Request request) {
        changes.unassign(request.org(), appId(request), request.variable("userId"));
        return Reply.noContent();
    }

    private static Reply answer(Request request, AppUser user) {
        return Reply.ok(out -> user.write(out, request.baseUrl(), Optional.empty()));
    }

    private static String appId(Request request) {
        return request.variable("appId");
    }
}
