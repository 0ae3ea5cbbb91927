package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.RecoveryLinks.RecoveryLink;
import dev.ostiary.server.directory.users.UserWrites.Change;
import java.util.Optional;

/**
 * An administrator has the user choose a new password, or none any more (Users, "Reset Password").
 * Until then the present one does not sign in. Thread-safe.
 */
final class PasswordReset {

    private final UserParts parts;
    private final UserWrites writes;
    private final RecoveryLinks links;

    PasswordReset(UserParts parts, UserWrites writes) {
        this.parts = parts;
        this.writes = writes;
        this.links = new RecoveryLinks(parts);
    }

    Reply reset(Request request) {
        if (federates(request.query())) {
            writes.change(request, "id", this::federate);
            return Reply.okEmptyObject();
        }
        boolean mailed = request.query().flag("sendEmail", true);
        RecoveryLink link = writes.change(request, "id", change -> begin(change, mailed));
        return mailed ? Reply.okEmptyObject() : link.show();
    }

    private static boolean federates(Query query) {
        Optional<String> provider = query.text("provider");
        if (provider.isEmpty() || provider.get().equals(Provider.OKTA.name())) {
            return false;
        }
        if (!provider.get().equals(Provider.Type.FEDERATION.name())) {
            throw ApiException.validation("provider", "provider: The value must be FEDERATION");
        }
        if (query.flag("sendEmail", false)) {
            throw ApiException.validation(
                    "sendEmail", "sendEmail: A user who is converted gets no mail");
        }
        return true;
    }

    /** Whoever an identity provider signed in is the server's own user from now on. */
    private RecoveryLink begin(Change change, boolean mailed) {
        User before = change.before();
        User own = before.provider().isForeign() ? before.checkedBy(Provider.OKTA) : before;
        User after = own.in(Step.RESET_PASSWORD.next(before), change.now());
        change.save(after, change.secrets().unlocked());
        RecoveryLink link = links.reset(change, after);
        emit(change, after);
        if (mailed) {
            links.mailReset(change, after, link);
        }
        return link;
    }

    /** Signed in by an identity provider from now on; nothing is left to reset. */
    private User federate(Change change) {
        Step.RESET_PASSWORD.next(change.before());
        User after =
                change.before()
                        .checkedBy(Provider.of(Provider.Type.FEDERATION))
                        .in(UserStatus.ACTIVE, change.now());
        change.save(after, Secrets.NONE);
        parts.tokens().revokeAll(change.tx(), after.id());
        emit(change, after);
        return after;
    }

    private void emit(Change change, User after) {
        change.tx().emit(parts.events().of(Step.RESET_PASSWORD.event(), after));
        if (change.request().query().flag("revokeSessions", false)) {
            parts.signOut(change, after);
        }
    }
}
