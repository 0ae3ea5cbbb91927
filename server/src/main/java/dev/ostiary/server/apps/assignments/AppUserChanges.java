package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.UniqueValues;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.directory.users.UserStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives apps to users and takes them away. A change holds the user, so that changes of one user in
 * an app come one after the other, and keeps the app from being deleted. Thread-safe.
 */
public final class AppUserChanges {

    private static final String SUBJECT = "profile";

    private final Database database;
    private final InstantSource time;
    private final Sealed sealed;
    private final AppStore apps;
    private final AppEvents events;
    private final UserDirectory users;
    private final AppProfiles profiles;
    private final AppUserReader reading;
    private final UniqueValues uniqueValues = new UniqueValues();
    private final AssignmentStore store = new AssignmentStore();

    public AppUserChanges(
            Database database,
            InstantSource time,
            Sealed sealed,
            AppStore apps,
            AppEvents events,
            UserDirectory users,
            AppProfiles profiles,
            AppUserReader reading) {
        this.database = database;
        this.time = time;
        this.sealed = sealed;
        this.apps = apps;
        this.events = events;
        this.users = users;
        this.profiles = profiles;
        this.reading = reading;
    }

    AppUser assign(Org org, Caller caller, String appId, ObjectNode given) {
        AppUserBody body = AppUserBody.ASSIGN.decode(given);
        return database.write(org.number(), tx -> assign(tx, org, caller, appId, body));
    }

    private AppUser assign(Tx tx, Org org, Caller caller, String appId, AppUserBody given) {
        App app = apps.held(tx, org, appId, AppStore.Lock.STAYS);
        if (app.isForEveryone()) {
            throw ApiException.validation(
                    "AppUser",
                    "It is not possible to assign users to an AppInstance that has Federation"
                            + " Broker Mode enabled");
        }
        String reference = String.valueOf(given.id());
        User found = users.require(tx, caller, reference);
        User user = held(tx, found.id());
        if (user.status() == UserStatus.DEPROVISIONED) {
            throw ApiException.of("E0000038");
        }
        AppUserBody body = suited(app, given);
        Instant now = now();
        Optional<Assignment> before = store.find(tx, app.id(), user.id());
        AppProfiles.Mapping mapping = profiles.mapping(tx, org, app);
        boolean alreadyDirect =
                before.filter(each -> each.scope() == Assignment.Scope.USER).isPresent();
        ObjectNode profile = Json.object();
        if (!alreadyDirect) {
            profile.setAll(mapping.once(user));
        }
        before.ifPresent(each -> profile.setAll(Json.object(each.profile())));
        Assignment after =
                before.orElseGet(
                                () ->
                                        Assignment.born(
                                                app.id(), user.id(), Assignment.Scope.USER, now))
                        .direct(now);
        after = changed(after, body, now);
        after =
                after.withProfile(
                        judged(tx, app, user, profile, mapping.following(user), body), now);
        if (before.isPresent()) {
            store.update(tx, after);
        } else {
            store.insert(tx, after);
        }
        password(tx, after, body);
        if (!alreadyDirect) {
            tx.emit(event("application.user_membership.add", app, user));
        }
        return reading.require(tx, org, app, user.id());
    }

    AppUser update(Org org, String appId, String userId, ObjectNode given) {
        AppUserBody body = AppUserBody.UPDATE.decode(given);
        return database.write(org.number(), tx -> update(tx, org, appId, userId, body));
    }

    private AppUser update(Tx tx, Org org, String appId, String userId, AppUserBody given) {
        App app = apps.held(tx, org, appId, AppStore.Lock.STAYS);
        User user = assigned(tx, userId);
        AppUser present = reading.require(tx, org, app, user.id());
        AppUserBody body = suited(app, given);
        Instant now = now();
        Optional<Assignment> said = store.find(tx, app.id(), user.id());
        Assignment before =
                said.orElseGet(
                        () -> Assignment.born(app.id(), user.id(), Assignment.Scope.GROUP, now));
        Assignment after = changed(before, body, now);
        if ("USER".equals(body.scope())) {
            after = after.direct(now);
        }
        ObjectNode mapped = profiles.mapping(tx, org, app).following(user);
        after =
                after.withProfile(
                        judged(tx, app, user, Json.object(before.profile()), mapped, body), now);
        if (said.isPresent()) {
            store.update(tx, after);
        } else {
            store.insert(tx, after);
        }
        password(tx, after, body);
        log(tx, app, user, present, after, body);
        return reading.require(tx, org, app, user.id());
    }

    private void log(
            Tx tx, App app, User user, AppUser before, Assignment after, AppUserBody body) {
        if (body.userName() != null
                && !before.userName().equals(Optional.ofNullable(after.userName()))) {
            tx.emit(event("application.user_membership.change_username", app, user));
        }
        if (body.password() != null) {
            tx.emit(event("application.user_membership.change_password", app, user));
        }
        if (body.profile() != null) {
            tx.emit(event("application.user_membership.update", app, user));
        }
    }

    /**
     * Takes the app away that the user has by itself; by a group it keeps it, and only what was set
     * for it goes.
     */
    void unassign(Org org, String appId, String userId) {
        database.write(
                org.number(),
                tx -> {
                    App app = apps.held(tx, org, appId, AppStore.Lock.STAYS);
                    User user = assigned(tx, userId);
                    AppUser present = reading.require(tx, org, app, user.id());
                    if (present.scope() == Assignment.Scope.GROUP) {
                        throw ApiException.of("E0000046")
                                .because(
                                        "The user is assigned to the application by a group, and"
                                                + " leaves it with the group.");
                    }
                    store.delete(tx, app.id(), user.id());
                    uniqueValues.release(tx, UniqueValues.ofApp(app.id()), user.id());
                    tx.emit(event("application.user_membership.remove", app, user));
                    return user;
                });
    }

    private User assigned(Tx tx, String userId) {
        return (Ids.isId(userId) ? users.held(tx, userId) : Optional.<User>empty())
                .orElseThrow(() -> AppUserReader.unknown(userId));
    }

    private User held(Tx tx, String userId) {
        return users.held(tx, userId)
                .orElseThrow(() -> ApiException.notFound(userId, UserDirectory.TYPE));
    }

    private static Assignment changed(Assignment before, AppUserBody body, Instant now) {
        Assignment after = before;
        if (body.userName() != null) {
            after = after.named(body.userName(), now);
        }
        return body.password() == null ? after : after.withPassword(now);
    }

    private void password(Tx tx, Assignment assignment, AppUserBody body) {
        @Nullable String password = body.password();
        if (password != null) {
            store.password(tx, sealed, assignment, password);
        }
    }

    /**
     * What was set for a user, with what is said now laid over it; null takes away.
     *
     * @param mapped what mappings make, which nobody has to say again
     */
    private String judged(
            Tx tx, App app, User user, ObjectNode present, ObjectNode mapped, AppUserBody body) {
        ObjectNode wanted =
                body.profile() == null ? present : ProfileSchema.merged(present, body.profile());
        ProfileSchema schema = profiles.schema(tx, app);
        ObjectNode whole = mapped.deepCopy();
        whole.setAll(wanted);
        Reading wrong = new Reading();
        ObjectNode complete = schema.complete(whole, SUBJECT, wrong);
        wrong.finish();
        ObjectNode own = Json.object();
        for (var each : complete.properties()) {
            JsonNode made = mapped.path(each.getKey());
            if (!each.getValue().equals(made)) {
                own.set(each.getKey(), each.getValue());
            }
        }
        uniqueValues.claim(tx, UniqueValues.ofApp(app.id()), user.id(), schema, own);
        return Json.text(own);
    }

    /**
     * What counts of a body: the password only where the app keeps some.
     *
     * @throws ApiException {@code E0000041} for a name or a password that the app's scheme leaves
     *     to others (Apps API, "Authentication schemes")
     */
    private static AppUserBody suited(App app, AppUserBody body) {
        String scheme = app.document().at("/credentials/scheme").asString("");
        boolean shared = scheme.equals("SHARED_USERNAME_AND_PASSWORD");
        boolean name = body.userName() != null && shared;
        boolean password =
                body.password() != null && (shared || scheme.equals("EXTERNAL_PASSWORD_SYNC"));
        if (name || password) {
            throw ApiException.of("E0000041")
                    .because("User level credentials should not be provided for this scheme.");
        }
        return app.mode().keepsPasswords() ? body : body.withoutPassword();
    }

    private Event event(String type, App app, User user) {
        return events.of(type, app).target(UserEvents.target(user));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
