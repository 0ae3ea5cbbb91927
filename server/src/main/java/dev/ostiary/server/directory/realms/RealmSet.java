package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.org.Org;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What writers of users have to know of an org's realms. Immutable.
 *
 * @param stored the realms that have a row, by their ids
 */
public record RealmSet(Map<String, Realm> stored) {

    private static final RealmSet UNTOUCHED = new RealmSet(Map.of());

    /** Those of an org that nobody has touched. */
    static RealmSet untouched() {
        return UNTOUCHED;
    }

    static RealmSet of(List<Realm> realms) {
        return new RealmSet(
                realms.stream()
                        .collect(Collectors.toUnmodifiableMap(Realm::id, Function.identity())));
    }

    /** The realm of an id. */
    public Optional<Realm> find(Org org, String id) {
        Realm realm = stored.get(id);
        return realm == null && id.equals(Realm.defaultId(org))
                ? Optional.of(Realm.born(org))
                : Optional.ofNullable(realm);
    }

    /** The realm that an org begins with. */
    public Realm ofDefault(Org org) {
        return find(org, Realm.defaultId(org)).orElseThrow();
    }

    /**
     * The realm that a user is in.
     *
     * @param storedId null for the default one
     */
    public Optional<Realm> holding(Org org, @Nullable String storedId) {
        return storedId == null ? Optional.of(ofDefault(org)) : find(org, storedId);
    }

    /** The realm of a name, letter by letter. */
    public Optional<Realm> named(Org org, String name) {
        return Stream.concat(stored.values().stream(), Stream.of(ofDefault(org)))
                .filter(realm -> realm.profile().name().equals(name))
                .findFirst();
    }

    /** The name of a realm that is not the default one; empty for that one. */
    public Optional<String> name(Org org, @Nullable String storedId) {
        return storedId == null
                ? Optional.empty()
                : find(org, storedId).map(realm -> realm.profile().name());
    }

    int size() {
        return stored.size();
    }
}
