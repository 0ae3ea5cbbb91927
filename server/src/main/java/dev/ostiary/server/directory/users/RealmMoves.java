package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.realms.Realm;
import dev.ostiary.server.directory.realms.RealmSet;
import dev.ostiary.server.directory.realms.Residents;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Moves users between realms, many at a time. Thread-safe. */
public final class RealmMoves implements Residents {

    private final UserEvents events;
    private final InstantSource time;
    private final UserStore store = new UserStore();

    /** Moves that the log tells of. */
    public RealmMoves(UserEvents events, InstantSource time) {
        this.events = events;
        this.time = time;
    }

    @Override
    public Progress move(
            Tx tx, Org org, RealmSet realms, String afterId, int atMost, Movement movement) {
        List<User> users = store.after(tx, afterId, atMost).stream().map(LockedUser::user).toList();
        long moved =
                users.stream()
                        .filter(user -> moves(org, user, movement).isPresent())
                        .filter(user -> moved(tx, org, realms, user.id(), movement))
                        .count();
        return new Progress(
                users.isEmpty() ? afterId : users.getLast().id(), moved, users.size() == atMost);
    }

    private static Optional<Realm> moves(Org org, User user, Movement movement) {
        return movement.target(user.profile().document())
                .filter(realm -> !Objects.equals(realm.storedId(org), user.realmId()));
    }

    /** The user may have changed since it was looked at. */
    private boolean moved(Tx tx, Org org, RealmSet realms, String id, Movement movement) {
        Optional<LockedUser> locked = store.lock(tx, id);
        Optional<Realm> target = locked.flatMap(it -> moves(org, it.user(), movement));
        if (locked.isEmpty() || target.isEmpty()) {
            return false;
        }
        User before = locked.get().user();
        User after =
                before.updated(
                        before.typeId(),
                        target.get().storedId(org),
                        before.profile(),
                        time.instant().truncatedTo(ChronoUnit.MILLIS));
        store.update(tx, org, after, locked.get().secrets());
        realms.holding(org, before.realmId())
                .ifPresent(from -> tx.emit(events.realmChanged(after, from)));
        return true;
    }
}
