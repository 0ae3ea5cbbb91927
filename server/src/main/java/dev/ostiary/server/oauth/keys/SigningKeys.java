package dev.ostiary.server.oauth.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.keys.KeySchedule.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The signing keys of all owners, as this node keeps them. A key never changes, so what is known of
 * one is kept without a version. Thread-safe: of requests that need the same new key at once, one
 * makes it and the others wait.
 */
public final class SigningKeys {

    private static final int KEPT = 10_000;

    private final Database database;
    private final SigningKeyStore store;
    private final EventCatalogue events;
    private final Cache<Name, SigningKey> known = Caffeine.newBuilder().maximumSize(KEPT).build();
    private final Cache<Name, SigningKey> signing = Caffeine.newBuilder().maximumSize(KEPT).build();

    /** Keys of the past that never signed; none will be made any more. */
    private final Cache<Name, Boolean> neverMade = Caffeine.newBuilder().maximumSize(KEPT).build();

    private record Name(long org, KeyOwner owner, int generation) {}

    /** A key and what its owner's schedule says of it. */
    public record Listed(SigningKey key, Status status) {}

    /** Keys in this database. */
    public SigningKeys(Database database, Sealed sealed, EventCatalogue events) {
        this.database = database;
        this.store = new SigningKeyStore(sealed);
        this.events = events;
    }

    /**
     * The key that signs at a moment. The first use of a key that took over by itself is logged as
     * the rotation ({@code app.oauth2.as.key.rollover}).
     */
    public SigningKey signer(Org org, KeyOwner owner, KeySchedule schedule, Instant now) {
        int generation = schedule.at(now).generation();
        return signing.get(
                new Name(org.number(), owner, generation), name -> begin(org, name, now));
    }

    private SigningKey begin(Org org, Name name, Instant now) {
        SigningKey key = required(org, name, now);
        database.write(
                org.number(),
                tx -> {
                    if (store.begin(tx, name.owner(), name.generation(), now)
                            && name.generation() > 0) {
                        tx.emit(rollover(org, name.owner(), key.kid()));
                    }
                    return key;
                });
        return key;
    }

    /** The key of a number, made if there is none yet. */
    private SigningKey required(Org org, Name name, Instant now) {
        return known.get(
                name,
                missing ->
                        find(org, missing)
                                .orElseGet(
                                        () ->
                                                database.write(
                                                        org.number(),
                                                        tx ->
                                                                store.make(
                                                                        tx,
                                                                        org,
                                                                        missing.owner(),
                                                                        missing.generation(),
                                                                        now))));
    }

    private Optional<SigningKey> find(Org org, Name name) {
        return database.read(
                org.number(), reader -> store.find(reader, org, name.owner(), name.generation()));
    }

    /** A key that is kept or stored; none is made. */
    private Optional<SigningKey> existing(Org org, Name name) {
        SigningKey kept = known.getIfPresent(name);
        if (kept != null || neverMade.getIfPresent(name) != null) {
            return Optional.ofNullable(kept);
        }
        Optional<SigningKey> found = find(org, name);
        found.ifPresentOrElse(key -> known.put(name, key), () -> neverMade.put(name, true));
        return found;
    }

    /**
     * The keys with which tokens may be signed that somebody has to verify: the one that signs, the
     * one before it if it ever signed, and the next one when its time is near.
     */
    public List<SigningKey> published(Org org, KeyOwner owner, KeySchedule schedule, Instant now) {
        KeySchedule current = schedule.at(now);
        List<SigningKey> keys = new ArrayList<>();
        keys.add(required(org, name(org, owner, current.generation()), now));
        if (current.announcesNext(now)) {
            keys.add(required(org, name(org, owner, current.generation() + 1), now));
        }
        expired(org, owner, current).ifPresent(keys::add);
        return keys;
    }

    /** All three keys, the next one made if there is none yet, for an administrator. */
    public List<Listed> listed(Org org, KeyOwner owner, KeySchedule schedule, Instant now) {
        KeySchedule current = schedule.at(now);
        List<Listed> keys = new ArrayList<>();
        int generation = current.generation();
        keys.add(new Listed(required(org, name(org, owner, generation), now), Status.ACTIVE));
        keys.add(new Listed(required(org, name(org, owner, generation + 1), now), Status.NEXT));
        expired(org, owner, current).ifPresent(key -> keys.add(new Listed(key, Status.EXPIRED)));
        return keys;
    }

    private Optional<SigningKey> expired(Org org, KeyOwner owner, KeySchedule current) {
        return current.generation() == 0
                ? Optional.empty()
                : existing(org, name(org, owner, current.generation() - 1));
    }

    private static Name name(Org org, KeyOwner owner, int generation) {
        return new Name(org.number(), owner, generation);
    }

    /** Logs a rotation by hand, after which the key of this number signs. */
    public void rotated(Tx tx, Org org, KeyOwner owner, int generation, Instant now) {
        store.begin(tx, owner, generation, now);
        tx.emit(rollover(org, owner, owner.kid(org, generation)));
    }

    /** Ends the keys of an owner that is no more. */
    public void deleteAll(Tx tx, KeyOwner owner) {
        store.deleteAll(tx, owner);
    }

    private Event rollover(Org org, KeyOwner owner, String kid) {
        Event event =
                owner.isOrg()
                        ? events.event("app.oauth2.key.rollover")
                                .target(org.id(), "Organization", null, org.name())
                        : events.event("app.oauth2.as.key.rollover")
                                .target(owner.name(), "AuthorizationServer", null, null);
        return event.debug("kid", kid);
    }
}
