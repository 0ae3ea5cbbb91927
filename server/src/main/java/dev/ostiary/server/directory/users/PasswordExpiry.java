package dev.ostiary.server.directory.users;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.directory.users.UserTokenStore.Kind;
import dev.ostiary.server.directory.users.UserWrites.Change;
import dev.ostiary.server.directory.users.password.TemporaryPasswords;

/**
 * The password has to be changed at the next sign-in (Users, "Expire Password"); that or a
 * temporary one, which is shown once. Thread-safe.
 */
final class PasswordExpiry {

    /** What {@link #expireWithTemporary} answers. */
    static final Schema TEMPORARY = Schema.object().always("tempPassword", Schema.TEXT);

    private final UserParts parts;
    private final UserWrites writes;
    private final TemporaryPasswords temporary;

    PasswordExpiry(UserParts parts, UserWrites writes, TemporaryPasswords temporary) {
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
        String password = temporary.next(parts.credentialRules().policy().complexity());
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

    private User replaced(Change change, NewCredentials credentials, NewCredentials.Hashed hashed) {
        UserStatus next = Step.EXPIRE_PASSWORD.next(change.before());
        boolean revokes = change.request().query().flag("revokeSessions", false);
        User after = change.before().with(credentials, change.now()).in(next, change.now());
        change.save(after, hashed.applied(change.secrets()).unlocked());
        parts.tokens().revoke(change.tx(), Kind.RECOVERY, after.id());
        Event event = parts.events().of(Step.EXPIRE_PASSWORD.event(), after);
        change.tx().emit(event.debug("tempPassword", true).debug("revokeSessions", revokes));
        if (revokes) {
            parts.signOut(change, after);
        }
        return after;
    }
}
