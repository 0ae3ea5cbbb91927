package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.memberships.GroupRef;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.UniqueValues;
import java.util.List;

/** Puts new users into the directory, with their events and the mail that they get. */
final class UserBirths {

    private final UserParts parts;
    private final UserStore store = new UserStore();

    UserBirths(UserParts parts) {
        this.parts = parts;
    }

    /**
     * Writes a new user. Without groups and unique attributes nothing is read, and all of it is one
     * round trip.
     *
     * @param baseUrl where the user finds the org
     */
    void insert(Tx tx, Org org, User user, Secrets secrets, List<String> groupIds, String baseUrl) {
        List<GroupRef> groups = parts.memberships().join(tx, org, user.id(), groupIds);
        claim(tx, org, user);
        store.insert(tx, org, user, secrets);
        tx.emit(parts.events().of("user.lifecycle.create", user));
        if (user.status() != UserStatus.STAGED) {
            tx.emit(parts.events().of(Step.ACTIVATE.event(), user));
        }
        for (GroupRef group : groups) {
            tx.emit(parts.events().of("group.user_membership.add", user).target(group.target()));
        }
        parts.watch().changed(tx, org, user);
        if (user.status() == UserStatus.PROVISIONED) {
            Invitations invitations = parts.invitations();
            invitations.mail(tx, org, user, invitations.first(tx, user, baseUrl, user.created()));
        }
    }

    private void claim(Tx tx, Org org, User user) {
        ProfileSchema schema =
                TypeAndSchema.of(parts.schemas().of(org), org, user.typeId()).schema();
        if (schema.hasUnique()) {
            parts.uniqueValues()
                    .claim(tx, UniqueValues.USER, user.id(), schema, user.profile().document());
        }
    }
}
