package dev.ostiary.server.directory.users;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where neighbours find users. Thread-safe. */
public final class UserDirectory {

    /** The type of a user in errors (WIRE, "Errors"). */
    public static final String TYPE = "User";

    private static final String ME = "me";
    private static final int LONGEST_REFERENCE = 200;

    private final UserStore store;

    /** The users of a database. */
    public UserDirectory() {
        this(new UserStore());
    }

    UserDirectory(UserStore store) {
        this.store = store;
    }

    /** The user with this id. */
    public Optional<User> byId(Reader reader, String id) {
        return Ids.isId(id) ? store.byId(reader, id) : Optional.empty();
    }

    /** The user with this id, whom nobody else changes before the transaction ends. */
    public Optional<User> held(Tx tx, String id) {
        return store.lock(tx, id).map(LockedUser::user);
    }

    /** The users of these ids that there are, held as by {@link #held}. */
    public List<User> held(Tx tx, Collection<String> ids) {
        return store.lockAll(tx, ids).stream().map(LockedUser::user).toList();
    }

    /** Ids of the users after an id, in order. */
    public List<String> idsAfter(Reader reader, String id, int most) {
        return store.idsAfter(reader, id, most);
    }

    /** The users after an id and up to another, in order, held as by {@link #held}. */
    public List<User> heldBetween(Tx tx, String after, String last) {
        return store.lockBetween(tx, after, last);
    }

    /** The users of these ids in their order; an id that is nobody's is passed over. */
    public List<User> byIds(Reader reader, Collection<String> ids) {
        Map<String, User> found = new LinkedHashMap<>();
        store.byIds(reader, ids).forEach(user -> found.put(user.id(), user));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /**
     * The user that a reference means: an id, a login, a short login that only one user has, or
     * {@code me}, the caller (Users, "Get User").
     */
    public Optional<User> find(Reader reader, Caller caller, String reference) {
        if (reference.equals(ME)) {
            return caller.principal().flatMap(user -> byId(reader, user.id()));
        }
        if (reference.isEmpty() || reference.length() > LONGEST_REFERENCE) {
            return Optional.empty();
        }
        Optional<User> user = byId(reader, reference);
        if (user.isEmpty()) {
            user = store.byLogin(reader, reference);
        }
        return user.isEmpty() && reference.indexOf('@') < 0
                ? store.byShortLogin(reader, reference)
                : user;
    }

    /**
     * As {@link #find}.
     *
     * @throws ApiException {@code E0000007} if nobody is meant
     */
    public User require(Reader reader, Caller caller, String reference) {
        return find(reader, caller, reference)
                .orElseThrow(() -> ApiException.notFound(reference, TYPE));
    }

    /**
     * As {@link #require}, for whom everybody may ask about itself: to a user without an admin role
     * other users and unknown ones are the same.
     *
     * @throws ApiException {@code E0000006} if the caller may not know
     */
    public User requireVisible(Reader reader, Caller caller, String reference) {
        Optional<User> user = find(reader, caller, reference);
        if (!caller.permissions().superAdmin()
                && user.filter(found -> UserWrites.isSelf(caller, found)).isEmpty()) {
            throw ApiException.forbidden();
        }
        return user.orElseThrow(() -> ApiException.notFound(reference, TYPE));
    }
}
