package dev.ostiary.server.directory.users;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.UserTokenStore.Kind;
import dev.ostiary.server.directory.users.UserWrites.Change;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.directory.users.password.TemporaryPasswords;

/**
 * The password has to be changed at the next sign-in (Users, "Expire Password"); that or a
 * temporary one, which is shown once. Thread-safe.
 */
final class PasswordExpiry {

    /** What {@link #expireWithTemporary} answers. */
    static final Schema TEMPORARY = Schema.object().always("tempPassword", Schema.TEXT);

    private final Database database;
    private final UserParts parts;
    private final UserWrites writes;
    private final TemporaryPasswords temporary;
    private final UserDirectory users = new UserDirectory();

    PasswordExpiry(
            Database database, UserParts parts, UserWrites writes, TemporaryPasswords temporary) {
        this.database = database;
        this.parts = parts;
        this.writes = writes;
        this.temporary = temporary;
    }

    /** With {@code tempPassword} it is what has an operation of its own by now. */
    Reply expire(Request request) {
        if (request.query().flag("tempPassword", false)) {
            return expireWithTemporary(request);
        }
        User after = writes.change(request, "id", this::expired);
        UserJson json = UserJson.single(request.baseUrl(), request.org());
        return Reply.ok(out -> json.write(out, after));
    }

    private User expired(Change change) {
        parts.tokens().revoke(change.tx(), Kind.RECOVERY, change.before().id());
        return change.step(Step.EXPIRE_PASSWORD, change.secrets().unlocked());
    }

    Reply expireWithTemporary(Request request) {
        String password = temporary.next(policy(request).complexity());
        NewCredentials credentials = NewCredentials.password(password);
        NewCredentials.Hashed hashed = credentials.hashed(parts.hasher());
        writes.change(request, "id", change -> replaced(change, credentials, hashed));
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("tempPassword", password);
                    out.writeEndObject();
                });
    }

    /** What is asked of the user's password; who is nobody is told so later. */
    private PasswordPolicy policy(Request request) {
        Org org = request.org();
        return database.read(
                org.number(),
                reader ->
                        users.find(reader, request.caller(), request.variable("id"))
                                .map(user -> parts.credentialRules().of(reader, org, user.id()))
                                .orElseGet(() -> parts.credentialRules().ofFresh())
                                .policy());
    }

    private User replaced(Change change, NewCredentials credentials, NewCredentials.Hashed hashed) {
        UserStatus next = Step.EXPIRE_PASSWORD.next(change.before());
        boolean revokes = change.request().query().flag("revokeSessions", false);
        User after = change.before().with(credentials, change.now()).in(next, change.now());
        change.save(after, hashed.applied(change.secrets()).unlocked());
        parts.tokens().revoke(change.tx(), Kind.RECOVERY, after.id());
        Event event = parts.events().of(Step.EXPIRE_PASSWORD.event(), after);
        change.tx()
                .emit(
                        event.debug("tempPasswordSet", "true")
                                .debug("sessionRevocation", Boolean.toString(revokes)));
        if (revokes) {
            parts.signOut(change, after);
        }
        return after;
    }
}
