package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.UserWrites.Change;
import java.time.InstantSource;
import java.util.List;

/**
 * Of the tags UserSessions and GlobalTokenRevocation what an administrator does to a user's
 * sessions. Thread-safe.
 */
public final class UserSessions implements Family {

    private final Database database;
    private final UserParts parts;
    private final UserWrites writes;

    /** Sessions of users over these neighbours. */
    public UserSessions(Database database, InstantSource time, UserParts parts) {
        this.database = database;
        this.parts = parts;
        this.writes = new UserWrites(database, new OrgClock(time), parts);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("revokeUserSessions", this::revoke),
                Binding.of("globalTokenRevocation", this::revokeEverywhere)
                        .takes(RevokedSubject.BODY));
    }

    /**
     * Whoever is signed in as the user is not so with the next request, on any node; with {@code
     * oauthTokens} no application acts for the user either. Every device is asked for a factor
     * again, unless {@code forgetDevices} is false.
     */
    private Reply revoke(Request request) {
        writes.change(
                request,
                "userId",
                change -> {
                    if (request.query().flag("forgetDevices", true)) {
                        parts.signOut(change, change.before());
                    } else {
                        parts.signOutRemembered(change, change.before());
                    }
                    if (request.query().flag("oauthTokens", false)) {
                        removeTokens(change);
                    }
                    return change.before();
                });
        return Reply.noContent();
    }

    /** All of that, for whoever learned elsewhere that the user must be out (Universal Logout). */
    private Reply revokeEverywhere(Request request) {
        String id = RevokedSubject.userId(request.body(RevokedSubject.BODY));
        database.write(
                request.org().number(),
                tx -> {
                    Change change =
                            writes.begin(tx, request, id).orElseThrow(RevokedSubject::unknown);
                    tx.emit(
                            parts.events()
                                    .of(
                                            "user.authentication.universal_logout.scheduled",
                                            change.before()));
                    parts.signOut(change, change.before());
                    removeTokens(change);
                    return change.before();
                });
        return Reply.noContent();
    }

    private void removeTokens(Change change) {
        parts.belongings()
                .tokens()
                .remove(change.tx(), change.request().org(), change.before().id());
    }
}
