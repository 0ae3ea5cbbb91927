package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What users are in an app, made of what was said of them, of their groups and of the mappings. A
 * constant number of statements, however many users. Thread-safe.
 *
 * <p>A profile is laid together from below: what mappings make, what the group says, what was set
 * for the user.
 */
public final class AppUserReader {

    private final UserDirectory users;
    private final AppProfiles profiles;
    private final AssignmentStore store = new AssignmentStore();

    public AppUserReader(UserDirectory users, AppProfiles profiles) {
        this.users = users;
        this.profiles = profiles;
    }

    /** The users of these ids that have the app, in their order. */
    List<AppUser> all(Reader reader, Org org, App app, List<String> userIds) {
        if (userIds.isEmpty()) {
            return List.of();
        }
        Map<String, Assignment> said = store.ofUsers(reader, app.id(), userIds);
        Map<String, AssignmentStore.Via> via = store.via(reader, app.id(), userIds);
        AppProfiles.Mapping mapping = profiles.mapping(reader, org, app);
        List<AppUser> all = new ArrayList<>();
        for (User user : users.byIds(reader, userIds)) {
            of(app, user, said.get(user.id()), via.get(user.id()), mapping).ifPresent(all::add);
        }
        return all;
    }

    /**
     * What users are in an app, by their ids; who has no assignment to one that is for everybody is
     * what mappings make.
     */
    Map<String, AppIdentity> identities(Reader reader, Org org, App app, List<String> userIds) {
        Map<String, AppIdentity> found = new HashMap<>();
        for (AppUser user : all(reader, org, app, userIds)) {
            found.put(
                    user.user().id(),
                    new AppIdentity(user.userName(), Json.object(user.profile())));
        }
        List<String> others = userIds.stream().filter(id -> !found.containsKey(id)).toList();
        if (app.isForEveryone() && !others.isEmpty()) {
            AppProfiles.Mapping mapping = profiles.mapping(reader, org, app);
            for (User user : users.byIds(reader, others)) {
                if (user.status() != UserStatus.DEPROVISIONED) {
                    found.put(user.id(), mapped(app, user, mapping));
                }
            }
        }
        return found;
    }

    private static AppIdentity mapped(App app, User user, AppProfiles.Mapping mapping) {
        ObjectNode profile = mapping.following(user);
        profile.setAll(mapping.once(user));
        return new AppIdentity(name(app, user, Optional.empty()), profile);
    }

    /** A user in an app, if it has it. */
    Optional<AppUser> find(Reader reader, Org org, App app, String userId) {
        return Ids.isId(userId)
                ? all(reader, org, app, List.of(userId)).stream().findFirst()
                : Optional.empty();
    }

    /**
     * As {@link #find}.
     *
     * @throws ApiException {@code E0000007} if the user does not have the app
     */
    AppUser require(Reader reader, Org org, App app, String userId) {
        return find(reader, org, app, userId).orElseThrow(() -> unknown(userId));
    }

    static ApiException unknown(String userId) {
        return ApiException.notFound(userId, AppUser.TYPE);
    }

    private static Optional<AppUser> of(
            App app,
            User user,
            @Nullable Assignment said,
            AssignmentStore.@Nullable Via via,
            AppProfiles.Mapping mapping) {
        if (user.status() == UserStatus.DEPROVISIONED) {
            return Optional.empty();
        }
        if (said != null && said.scope() == Assignment.Scope.USER) {
            return Optional.of(direct(app, user, said, mapping));
        }
        return via == null
                ? Optional.empty()
                : Optional.of(byGroup(app, user, Optional.ofNullable(said), via, mapping));
    }

    private static AppUser direct(
            App app, User user, Assignment said, AppProfiles.Mapping mapping) {
        ObjectNode profile = mapping.following(user);
        profile.setAll(Json.object(said.profile()));
        return new AppUser(
                app.id(),
                user,
                Assignment.Scope.USER,
                null,
                name(app, user, Optional.of(said)),
                said.passwordChanged(),
                Json.text(profile),
                said.created(),
                said.lastUpdated(),
                said.statusChanged(),
                said.externalId());
    }

    private static AppUser byGroup(
            App app,
            User user,
            Optional<Assignment> said,
            AssignmentStore.Via via,
            AppProfiles.Mapping mapping) {
        ObjectNode profile = mapping.following(user);
        profile.setAll(mapping.once(user));
        profile.setAll(Json.object(via.profile()));
        said.ifPresent(each -> profile.setAll(Json.object(each.profile())));
        Instant changed =
                said.map(Assignment::lastUpdated)
                        .filter(via.changed()::isBefore)
                        .orElse(via.changed());
        return new AppUser(
                app.id(),
                user,
                Assignment.Scope.GROUP,
                via.groupId(),
                name(app, user, said),
                said.map(Assignment::passwordChanged).orElse(null),
                Json.text(profile),
                via.since(),
                changed,
                via.since(),
                said.map(Assignment::externalId).orElse(null));
    }

    private static Optional<String> name(App app, User user, Optional<Assignment> said) {
        Optional<String> set = said.map(Assignment::userName);
        return set.isPresent() ? set : UserNames.of(app, user.profile().document());
    }
}
