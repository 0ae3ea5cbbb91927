package dev.ostiary.server.directory.users;

import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.UserWrites.Change;
import java.util.Optional;

/**
 * Changes of credentials by somebody who proves to know one of them. Thread-safe.
 *
 * <p>Proving and hashing take a twentieth of a second each, too long to hold a row or a connection.
 * So the judgment is formed on what is seen without a lock, and it counts only if the locked row
 * still has the same secrets; otherwise it is formed anew. Of any number who come at once with the
 * same old password, one is first, and to the others it is not the password any more. Nobody waits
 * for ever: whoever has to judge again does so because another one was served.
 */
final class ProvenWrites {

    private final Database database;
    private final UserParts parts;
    private final UserWrites writes;
    private final UserStore store = new UserStore();
    private final UserDirectory directory = new UserDirectory(store);

    ProvenWrites(Database database, UserParts parts, UserWrites writes) {
        this.database = database;
        this.parts = parts;
        this.writes = writes;
    }

    /** Judges, slowly, outside of any transaction. May be asked again. */
    @FunctionalInterface
    interface Judge<V> {
        Verdict<V> judge(User user, Secrets secrets);
    }

    /** Does, on the locked row, what was judged right. */
    @FunctionalInterface
    interface Deed<V> {
        User apply(Change change, V judged);
    }

    private record Seen(User user, Secrets secrets) {}

    /**
     * The user after the change. A refusal is logged as a failure of the step, in a transaction of
     * its own.
     *
     * @throws dev.ostiary.platform.problem.ApiException the refusal; that of the step if the user's
     *     state forbids it; {@code E0000007} if there is no such user
     */
    <V> User change(Request request, Step step, Judge<V> judge, Deed<V> deed) {
        while (true) {
            Seen seen = see(request);
            step.next(seen.user());
            V judged =
                    switch (judge.judge(seen.user(), seen.secrets())) {
                        case Verdict.Granted<V>(V value) -> value;
                        case Verdict.Refused<V> refused ->
                                throw logged(request, step, seen, refused);
                    };
            Optional<User> after =
                    writes.change(
                            request,
                            "userId",
                            change -> {
                                if (!isAsSeen(change, seen)) {
                                    return Optional.empty();
                                }
                                step.next(change.before());
                                return Optional.of(deed.apply(change, judged));
                            });
            if (after.isPresent()) {
                return after.get();
            }
        }
    }

    private Seen see(Request request) {
        return database.read(
                request.org().number(),
                reader -> {
                    User user =
                            directory.require(reader, request.caller(), request.variable("userId"));
                    return new Seen(user, store.secrets(reader, user.id()));
                });
    }

    private static boolean isAsSeen(Change change, Seen seen) {
        return change.before().id().equals(seen.user().id())
                && change.secrets().provesAsMuchAs(seen.secrets());
    }

    private RuntimeException logged(
            Request request, Step step, Seen seen, Verdict.Refused<?> refused) {
        database.write(
                request.org().number(),
                tx -> {
                    tx.emit(
                            parts.events()
                                    .of(step.event(), seen.user())
                                    .outcome(Outcome.failure(refused.reason())));
                    return refused;
                });
        return refused.answer();
    }
}
