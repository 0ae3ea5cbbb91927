package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.delivery.Mail;
import dev.ostiary.server.directory.schemas.UniqueValues;
import java.util.Optional;

/** Deactivation, and the deletion that can only follow it (Users, "Delete User"). Thread-safe. */
final class Farewells {

    private final UserParts parts;
    private final UserStore store = new UserStore();

    Farewells(UserParts parts) {
        this.parts = parts;
    }

    /** Deactivates the user, whose tokens are worth nothing from now on. */
    User deactivate(UserWrites.Change change) {
        User after = change.step(Step.DEACTIVATE, change.secrets().unlocked());
        end(change.tx(), change.request().org(), after.id());
        if (change.request().query().flag("sendEmail", false)) {
            tellAdministrator(change, after);
        }
        return after;
    }

    /** Ends what a user has who is deactivated, in the same transaction. */
    void end(Tx tx, Org org, String userId) {
        parts.tokens().revokeAll(tx, userId);
        parts.belongings().signOut(tx, org, userId);
        parts.belongings().untilDeactivation().forEach(some -> some.remove(tx, org, userId));
        parts.belongings().factors().remove(tx, org, userId);
        parts.belongings().tokens().remove(tx, org, userId);
    }

    /** The first time deactivates, the second deletes. */
    User delete(UserWrites.Change change) {
        User user = change.before();
        if (user.status() != UserStatus.DEPROVISIONED) {
            return deactivate(change);
        }
        Tx tx = change.tx();
        tx.emit(parts.events().of("user.lifecycle.delete.initiated", user));
        parts.memberships()
                .leaveAll(tx, change.request().org(), user.id())
                .forEach(
                        group ->
                                tx.emit(
                                        parts.events()
                                                .of("group.user_membership.remove", user)
                                                .target(group.target())));
        parts.tokens().revokeAll(tx, user.id());
        parts.belongings()
                .untilDeletion()
                .forEach(some -> some.remove(tx, change.request().org(), user.id()));
        parts.uniqueValues().release(tx, UniqueValues.USER, user.id());
        store.delete(tx, user.id());
        tx.emit(parts.events().of("user.lifecycle.delete.completed", user));
        return user;
    }

    private void tellAdministrator(UserWrites.Change change, User user) {
        Request request = change.request();
        Optional<User> administrator =
                request.caller().principal().flatMap(who -> store.byId(change.tx(), who.id()));
        administrator.ifPresent(
                admin ->
                        parts.outbox()
                                .put(
                                        change.tx(),
                                        request.org(),
                                        Mail.userDeactivated(
                                                Invitations.recipient(admin), user.login())));
    }
}
