package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.platform.store.Work;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Changes of servers. Those of an org come one after the other: each begins by holding the org's
 * row, and ends with its events and the word to all nodes. Thread-safe.
 */
final class ServerChanges {

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final AuthorizationServerStore store = new AuthorizationServerStore();

    ServerChanges(Database database, Ids ids, InstantSource time) {
        this.database = database;
        this.ids = ids;
        this.time = time;
    }

    /**
     * What a change comes to.
     *
     * @param server the server afterwards
     * @param answer what the client is told
     * @param events what the log is told; none where nothing has changed
     */
    record Change<R>(AuthorizationServer server, R answer, List<Event> events) {

        static <R> Change<R> of(AuthorizationServer server, R answer, Event... events) {
            return new Change<>(server, answer, List.of(events));
        }
    }

    /** Makes another server of one. */
    @FunctionalInterface
    interface Step<R> {
        Change<R> change(Tx tx, AuthorizationServer server);
    }

    /** Changes the server that the path names; nothing is written where there is no event. */
    <R> R change(Request request, Step<R> step) {
        Org org = request.org();
        return write(
                org,
                tx -> {
                    Change<R> change = step.change(tx, require(tx, request));
                    if (!change.events().isEmpty()) {
                        save(tx, change.server(), change.events());
                    }
                    return change.answer();
                });
    }

    /** Any change of an org's servers. */
    <R> R write(Org org, Work<R> work) {
        try {
            return database.write(
                    org.number(),
                    tx -> {
                        ConfigVersionStore.hold(tx);
                        return work.run(tx);
                    });
        } catch (UniqueViolation taken) {
            throw taken.constraint().equals(AuthorizationServerStore.NAME_IS_TAKEN)
                    ? nameTaken()
                    : taken;
        }
    }

    /** The last act of a change. */
    void save(Tx tx, AuthorizationServer server, List<Event> events) {
        store.save(tx, server);
        conclude(tx, events);
    }

    /** The events of a change, and the word to all nodes. */
    void conclude(Tx tx, List<Event> events) {
        events.forEach(tx::emit);
        ConfigVersionStore.raise(tx, ConfigArea.AUTHORIZATION_SERVERS);
    }

    /**
     * The server that the path names.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    AuthorizationServer require(Tx tx, Request request) {
        return store.find(tx, request.org(), id(request)).orElseThrow(() -> unknown(request));
    }

    AuthorizationServerStore store() {
        return store;
    }

    String newId(String prefix, Org org) {
        return ids.next(prefix, org.tail(), now());
    }

    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    static String id(Request request) {
        return request.variable("authServerId");
    }

    static ApiException unknown(Request request) {
        return ApiException.notFound(id(request), AuthorizationServer.TYPE);
    }

    static ApiException nameTaken() {
        return ApiException.validation(
                "name",
                "name: An object with this field already exists in the current organization");
    }
}
