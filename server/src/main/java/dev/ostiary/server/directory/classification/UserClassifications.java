package dev.ostiary.server.directory.classification;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.classification.UserClassification.Kind;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The tag UserClassification. Thread-safe. */
public final class UserClassifications implements Family {

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private final UserDirectory users;
    private final UserClassificationStore store = new UserClassificationStore();

    public UserClassifications(
            Database database, InstantSource time, EventCatalogue events, UserDirectory users) {
        this.database = database;
        this.time = time;
        this.events = events;
        this.users = users;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getUserClassification", this::get).answers(UserClassification.SHAPE),
                Binding.of("replaceUserClassification", this::replace)
                        .takes(UserClassification.BODY)
                        .answers(UserClassification.SHAPE));
    }

    private Reply get(Request request) {
        return answer(
                database.read(
                        request.org().number(), reader -> store.of(reader, user(reader, request))));
    }

    private Reply replace(Request request) {
        Kind kind = request.body(UserClassification.BODY);
        try {
            return answer(database.write(request.org().number(), tx -> replace(tx, request, kind)));
        } catch (ForeignKeyViolation e) {
            throw gone(request);
        }
    }

    /** The same kind again is no change: its date stays, and the log is silent. */
    private UserClassification replace(Tx tx, Request request, Kind kind) {
        User user = user(tx, request);
        UserClassification before = store.lock(tx, user).orElseThrow(() -> gone(request));
        if (before.kind() == kind) {
            return before;
        }
        UserClassification after =
                new UserClassification(kind, time.instant().truncatedTo(ChronoUnit.MILLIS));
        store.update(tx, user, after);
        tx.emit(
                events.event("account.user.classify")
                        .target(
                                UserEvents.target(user)
                                        .changed(before.details(), after.details())));
        return after;
    }

    /** Between the reading of the user and the writing of its row, somebody deleted it. */
    private static ApiException gone(Request request) {
        return ApiException.notFound(request.variable("userId"), UserDirectory.TYPE);
    }

    private User user(Reader reader, Request request) {
        return users.require(reader, request.caller(), request.variable("userId"));
    }

    private static Reply answer(UserClassification classification) {
        return Reply.ok(out -> UserClassification.SHAPE.write(out, classification));
    }
}
