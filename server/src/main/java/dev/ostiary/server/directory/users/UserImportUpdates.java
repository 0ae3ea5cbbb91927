package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.UniqueValues;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Users of bulk imports who are there already: the line's profile takes the place of theirs, as
 * {@code replaceUser} has it, and its password theirs. Their status stays. Thread-safe.
 */
public final class UserImportUpdates {

    private final UserParts parts;
    private final UserRewrites rewrites;
    private final UserStore store = new UserStore();

    /** Updates over these neighbours. */
    public UserImportUpdates(UserParts parts) {
        this.parts = parts;
        this.rewrites = new UserRewrites(parts);
    }

    /** A user that nobody else changes before the transaction ends. */
    public static final class Locked {
        private final LockedUser locked;

        private Locked(LockedUser locked) {
            this.locked = locked;
        }

        User user() {
            return locked.user();
        }

        Secrets secrets() {
            return locked.secrets();
        }
    }

    /** The users of these ids, locked. */
    public Map<String, Locked> lock(Tx tx, Collection<String> ids) {
        Map<String, Locked> locked = new HashMap<>();
        if (!ids.isEmpty()) {
            store.lockAll(tx, ids).forEach(each -> locked.put(each.user().id(), new Locked(each)));
        }
        return locked;
    }

    /** Why the user cannot become what the line says. */
    public List<String> causes(Locked present, ImportedUser wanted) {
        User user = present.locked.user();
        Reading reading = new Reading();
        if (user.status() == UserStatus.DEPROVISIONED) {
            reading.sentence("login", "login: The user is deactivated");
        }
        if (!isSame(present, wanted)) {
            UserChanges.requireStaged(user, wanted.credentials(), reading);
        }
        return reading.causes();
    }

    /** A hash that the user has already is no other password: a file may come twice. */
    private static boolean isSame(Locked present, ImportedUser wanted) {
        NewCredentials credentials = wanted.credentials();
        return credentials.imported() != null
                && credentials.question() == null
                && credentials.imported().text().equals(present.locked.secrets().passwordHash());
    }

    /**
     * Writes what the line says.
     *
     * @return whether it says anything new
     * @throws ApiException if a unique value is taken
     */
    public boolean update(
            Tx tx,
            Org org,
            Locked present,
            ImportedUser wanted,
            UserImport.Hashed hashed,
            Instant now) {
        return update(tx, org, present, wanted, hashed, false, now);
    }

    /**
     * As {@link #update(Tx, Org, Locked, ImportedUser, UserImport.Hashed, Instant)}.
     *
     * @param revives whether a user who is deactivated is activated again
     */
    boolean update(
            Tx tx,
            Org org,
            Locked present,
            ImportedUser wanted,
            UserImport.Hashed hashed,
            boolean revives,
            Instant now) {
        User before = present.locked.user();
        NewCredentials credentials =
                isSame(present, wanted) ? NewCredentials.NONE : wanted.credentials();
        boolean moves = !Objects.equals(before.typeId(), wanted.typeId());
        @Nullable String realmId = wanted.realmId(before.realmId());
        boolean revived = revives && before.status() == UserStatus.DEPROVISIONED;
        if (credentials.isEmpty()
                && !revived
                && !moves
                && Objects.equals(realmId, before.realmId())
                && ProfileSchema.changed(before.profile().document(), wanted.profile().document())
                        .isEmpty()) {
            return false;
        }
        parts.uniqueValues().release(tx, UniqueValues.USER, before.id());
        parts.uniqueValues().claimAll(tx, UniqueValues.USER, Map.of(before.id(), wanted.claims()));
        User after = before.updated(wanted.typeId(), realmId, wanted.profile(), now);
        Secrets secrets = present.locked.secrets();
        if (!credentials.isEmpty()) {
            after = after.with(credentials, now);
            secrets = hashed.appliedTo(secrets);
        }
        if (revived) {
            after = after.in(Step.ACTIVATE.next(before), now);
            tx.emit(parts.events().of(Step.ACTIVATE.event(), after));
        }
        rewrites.write(tx, org, before, after, secrets, credentials.setsPassword());
        return true;
    }
}
