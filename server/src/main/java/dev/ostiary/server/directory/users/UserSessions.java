package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import java.time.InstantSource;
import java.util.List;

/** Of the tag UserSessions what an administrator does to a user's sessions. Thread-safe. */
public final class UserSessions implements Family {

    private final UserParts parts;
    private final UserWrites writes;

    /** Sessions of users over these neighbours. */
    public UserSessions(Database database, InstantSource time, UserParts parts) {
        this.parts = parts;
        this.writes = new UserWrites(database, new OrgClock(time), parts);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("revokeUserSessions", this::revoke));
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
                        parts.belongings()
                                .tokens()
                                .remove(change.tx(), request.org(), change.before().id());
                    }
                    return change.before();
                });
        return Reply.noContent();
    }
}
