package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.users.UserTokenStore.Kind;
import java.util.List;
import java.util.Objects;

/** Writes users who were changed, with everything that follows from it. Thread-safe. */
final class UserRewrites {

    private final UserParts parts;
    private final UserStore store = new UserStore();

    UserRewrites(UserParts parts) {
        this.parts = parts;
    }

    /**
     * Writes a user that is locked.
     *
     * @param setsPassword whether it has another password now
     */
    void write(Tx tx, Org org, User before, User after, Secrets secrets, boolean setsPassword) {
        store.update(tx, org, after, secrets);
        parts.watch().changed(tx, org, before, after);
        List<String> attributes =
                ProfileSchema.changed(before.profile().document(), after.profile().document());
        revokeLinks(tx, after, attributes, setsPassword);
        if (setsPassword) {
            parts.belongings().endBegun(tx, org, after.id());
        }
        emit(tx, org, before, after, attributes, setsPassword);
    }

    /**
     * Whoever was given a password needs no link that makes one; and a link that was mailed to
     * another address than the user has now is not the user's to follow.
     */
    private void revokeLinks(Tx tx, User after, List<String> attributes, boolean setsPassword) {
        if (setsPassword) {
            parts.tokens().revokeAll(tx, after.id());
        } else if (attributes.contains(ProfileSchema.EMAIL_ATTRIBUTE)) {
            parts.tokens().revoke(tx, Kind.RECOVERY, after.id());
        }
    }

    private void emit(
            Tx tx,
            Org org,
            User before,
            User after,
            List<String> attributes,
            boolean setsPassword) {
        UserEvents events = parts.events();
        if (!Objects.equals(before.typeId(), after.typeId())) {
            tx.emit(events.of("user.account.update_user_type", after));
        }
        if (!Objects.equals(before.realmId(), after.realmId())) {
            parts.realms()
                    .of(org)
                    .holding(org, before.realmId())
                    .ifPresent(from -> tx.emit(events.realmChanged(after, from)));
        }
        if (!attributes.isEmpty()) {
            tx.emit(events.profileChanged(after, attributes));
        }
        if (attributes.contains(ProfileSchema.EMAIL_ATTRIBUTE)) {
            tx.emit(events.of("user.account.update_primary_email", after));
        }
        if (attributes.contains("secondEmail")) {
            tx.emit(events.of("user.account.update_secondary_email", after));
        }
        if (setsPassword) {
            tx.emit(events.of("user.account.update_password", after));
        }
    }
}
