package dev.ostiary.server.directory.users;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes of one user: the row is found, locked, and then nobody else's change is lost (P39).
 * Thread-safe.
 */
final class UserWrites {

    private final Database database;
    private final OrgClock clock;
    private final UserParts parts;
    private final UserStore store = new UserStore();
    private final UserDirectory directory = new UserDirectory(store);

    UserWrites(Database database, OrgClock clock, UserParts parts) {
        this.database = database;
        this.clock = clock;
        this.parts = parts;
    }

    /**
     * One change of one user, inside of its transaction. What it writes, it writes through here.
     *
     * @param tx the transaction
     * @param request the request that asks for it
     * @param before the user as it is
     * @param secrets the user's secrets as they are
     * @param now the moment of the change
     */
    record Change(
            UserWrites writes, Tx tx, Request request, User before, Secrets secrets, Instant now) {

        /** Takes the step, and writes its event. */
        User step(Step step) {
            return step(step, secrets);
        }

        /** Takes the step with other secrets, and writes its event. */
        User step(Step step, Secrets changed) {
            User after = before.in(step.next(before), now);
            save(after, changed);
            tx.emit(writes.parts.events().of(step.event(), after));
            return after;
        }

        /**
         * Writes the row and its search document, and tells whom it concerns. Sign-ins that were
         * begun by another password are over.
         */
        void save(User after, Secrets changed) {
            saveAtSignIn(after, changed);
            if (hasAnotherPassword(after)) {
                writes.parts.belongings().signIns().remove(tx, request.org(), after.id());
            }
        }

        /** The same by a move of a sign-in, which goes on. */
        void saveAtSignIn(User after, Secrets changed) {
            writes.store.update(tx, request.org(), after, changed);
            writes.parts.watch().changed(tx, request.org(), before, after);
            if (hasAnotherPassword(after)) {
                writes.parts.belongings().steps().remove(tx, request.org(), after.id());
            }
        }

        private boolean hasAnotherPassword(User after) {
            return !Objects.equals(before.passwordChanged(), after.passwordChanged());
        }
    }

    /**
     * Runs a change of the user whom the path names.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    <T> T change(Request request, String variable, Function<Change, T> change) {
        return change(request, variable, store::lock, change);
    }

    /** As {@link #change}, for a change that may be the end of the user. */
    <T> T changeOrDelete(Request request, String variable, Function<Change, T> change) {
        return change(request, variable, store::lockToDelete, change);
    }

    /** Begins a change of a user within a transaction that is about more than that. */
    Optional<Change> begin(Tx tx, Request request, String userId) {
        return store.lock(tx, userId)
                .map(
                        locked ->
                                new Change(
                                        this,
                                        tx,
                                        request,
                                        locked.user(),
                                        locked.secrets(),
                                        clock.now(request.org())));
    }

    @FunctionalInterface
    private interface Lock {
        Optional<LockedUser> take(Tx tx, String id);
    }

    private <T> T change(Request request, String variable, Lock lock, Function<Change, T> change) {
        String reference = request.variable(variable);
        try {
            return database.write(
                    request.org().number(),
                    tx -> {
                        LockedUser locked =
                                locked(tx, lock, request, reference)
                                        .orElseThrow(() -> unknown(request, reference));
                        return change.apply(
                                new Change(
                                        this,
                                        tx,
                                        request,
                                        locked.user(),
                                        locked.secrets(),
                                        clock.now(request.org())));
                    });
        } catch (UniqueViolation taken) {
            throw refusal(taken);
        }
    }

    /** An id is locked at once; another reference is first turned into one. */
    private Optional<LockedUser> locked(Tx tx, Lock lock, Request request, String reference) {
        Optional<LockedUser> byId = lock.take(tx, reference);
        return byId.isPresent()
                ? byId
                : directory
                        .find(tx, request.caller(), reference)
                        .flatMap(user -> lock.take(tx, user.id()));
    }

    private static ApiException unknown(Request request, String reference) {
        return request.caller().permissions().superAdmin()
                ? ApiException.notFound(reference, UserDirectory.TYPE)
                : ApiException.forbidden();
    }

    /** What a client is told when a unique value of a user is taken. */
    static RuntimeException refusal(UniqueViolation taken) {
        return taken.constraint().equals(UserStore.LOGIN_IS_TAKEN)
                ? ApiException.validation(
                        ProfileSchema.LOGIN_ATTRIBUTE,
                        "login: An object with this field already exists in the current"
                                + " organization")
                : taken;
    }

    /** Whether the caller is the user. */
    static boolean isSelf(Caller caller, User user) {
        return caller.principal().filter(who -> who.id().equals(user.id())).isPresent();
    }
}
