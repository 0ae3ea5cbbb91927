package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.signin.sessions.SignedIn.Begun;
import dev.ostiary.server.signin.sessions.SignedIn.SessionToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The tags Session and Sessions: what administrators do to sessions, and users to their own, which
 * is called {@code me}. Thread-safe.
 */
public final class Sessions implements Family {

    private static final String ID = "sessionId";
    private static final String ME = "me";

    /** What makes a session. */
    private static final Shape<String> TOKEN = token();

    /** Whether the session that asks stays; it does unless it says otherwise. */
    private static final Shape<Boolean> KEEP = keep();

    private final Database database;
    private final OrgClock clock;
    private final EventCatalogue events;
    private final SignedIn signedIn;
    private final SessionStore store = new SessionStore();

    public Sessions(Database database, OrgClock clock, EventCatalogue events, SignedIn signedIn) {
        this.database = database;
        this.clock = clock;
        this.events = events;
        this.signedIn = signedIn;
    }

    private static Shape<String> token() {
        Shape.Builder<String> shape = Shape.of("createSession");
        Field<String, String> token =
                shape.field("sessionToken", Type.TEXT, text -> text).required().writeOnly();
        return shape.build(in -> in.get(token));
    }

    private static Shape<Boolean> keep() {
        Shape.Builder<Boolean> shape = Shape.of("deleteSessions");
        Field<Boolean, Boolean> keep = shape.field("keepCurrent", Type.BOOLEAN, kept -> kept);
        return shape.build(in -> in.find(keep).orElse(true));
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("createSession", this::create).takes(TOKEN).answers(Session.SCHEMA),
                Binding.of("getSession", request -> get(request, request.variable(ID)))
                        .answers(Session.SCHEMA),
                Binding.of("replaceSession", request -> refresh(request, request.variable(ID)))
                        .answers(Session.SCHEMA),
                Binding.of("refreshSession", request -> refresh(request, request.variable(ID)))
                        .answers(Session.SCHEMA),
                Binding.of("revokeSession", request -> close(request, request.variable(ID))),
                Binding.of("getCurrentSession", request -> get(request, ownId(request)))
                        .answers(Session.SCHEMA),
                Binding.of("refreshCurrentSession", request -> refresh(request, ownId(request)))
                        .answers(Session.SCHEMA),
                Binding.of("deleteCurrentSession", request -> close(request, ownId(request))),
                Binding.of("deleteCurrentUserSessions", this::closeOwn)
                        .mayTake(KEEP.schema(Way.IN))
                        .answers(Schema.object()));
    }

    private Reply create(Request request) {
        String token = request.body(TOKEN);
        boolean cookieToken =
                List.of(request.query().text("additionalFields").orElse("").split(","))
                        .contains("cookieToken");
        Made made =
                database.write(
                                request.org().number(),
                                tx ->
                                        signedIn.begin(tx, request.org(), token, false)
                                                .map(
                                                        begun ->
                                                                made(
                                                                        tx,
                                                                        request,
                                                                        begun,
                                                                        cookieToken)))
                        .orElseThrow(() -> ApiException.of("E0000004"));
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    made.session().writeFields(out, request.org());
                    made.cookieToken()
                            .ifPresent(secret -> out.writeStringProperty("cookieToken", secret));
                    made.session().writeLinks(out, request.baseUrl(), false);
                    out.writeEndObject();
                });
    }

    private record Made(Session session, Optional<String> cookieToken) {

        /** Says nothing of the token. */
        @Override
        public String toString() {
            return "Made[" + session.id() + "]";
        }
    }

    private Made made(Tx tx, Request request, Begun begun, boolean withToken) {
        return new Made(
                begun.session(),
                withToken
                        ? Optional.of(signedIn.issueFor(tx, request.org(), begun.session()))
                                .map(SessionToken::text)
                        : Optional.empty());
    }

    private Reply get(Request request, String id) {
        Session session =
                database.read(
                                request.org().number(),
                                reader -> store.find(reader, id, now(request)))
                        .orElseThrow(() -> unknown(id));
        return shown(request, session);
    }

    /** With {@code Prefer: return=minimal} nothing is said of it (RFC 7240, section 4.2). */
    private Reply refresh(Request request, String id) {
        Session session =
                change(
                        request,
                        id,
                        (tx, found) -> {
                            Session later = found.until(found.refreshedAt(now(request)));
                            store.refresh(tx, id, later.expires(), now(request));
                            return later;
                        });
        boolean minimal =
                request.header("Prefer").map(String::strip).equals(Optional.of("return=minimal"));
        return minimal
                ? Reply.noContent().with("Preference-Applied", "return=minimal")
                : shown(request, session);
    }

    private Reply close(Request request, String id) {
        change(
                request,
                id,
                (tx, found) -> {
                    store.delete(tx, id);
                    tx.emit(found.ended(events));
                    return found;
                });
        Reply closed = Reply.noContent();
        return isOwn(request) ? closed.with("Set-Cookie", SessionCookie.GONE) : closed;
    }

    private <T> T change(Request request, String id, BiFunction<Tx, Session, T> change) {
        return database.write(
                request.org().number(),
                tx ->
                        change.apply(
                                tx,
                                store.lock(tx, id, now(request)).orElseThrow(() -> unknown(id))));
    }

    private Reply closeOwn(Request request) {
        boolean keep = !request.hasBody() || request.body(KEEP);
        switch (request.caller()) {
            case Caller.Session own -> {
                database.write(
                        request.org().number(),
                        tx -> {
                            if (keep) {
                                store.deleteOthers(tx, own.user().id(), own.sessionId());
                            } else {
                                signedIn.signOut(tx, request.org(), own.user().id());
                            }
                            tx.emit(
                                    events.event("user.session.clear")
                                            .target(
                                                    own.user().id(),
                                                    "User",
                                                    own.user().login(),
                                                    own.user().displayName()));
                            return own;
                        });
                Reply closed = Reply.okEmptyObject();
                return keep ? closed : closed.with("Set-Cookie", SessionCookie.GONE);
            }
            case Caller.Token token -> throw ApiException.forbidden();
            case Caller.Bearer bearer -> throw ApiException.forbidden();
            case Caller.Operator operator -> throw ApiException.forbidden();
            case Caller.Anonymous nobody -> throw ApiException.of("E0000005");
        }
    }

    private Reply shown(Request request, Session session) {
        boolean me = isOwn(request);
        return Reply.ok(out -> session.write(out, request.baseUrl(), request.org(), me));
    }

    private static boolean isOwn(Request request) {
        return request.operation().path().variables().isEmpty();
    }

    /**
     * Whoever is signed in nowhere has no session to ask about (Sessions, "Get current Session").
     */
    private static String ownId(Request request) {
        return switch (request.caller()) {
            case Caller.Session own -> own.sessionId();
            case Caller.Token token -> throw ApiException.forbidden();
            case Caller.Bearer bearer -> throw ApiException.forbidden();
            case Caller.Operator operator -> throw ApiException.forbidden();
            case Caller.Anonymous nobody -> throw unknown(ME);
        };
    }

    private Instant now(Request request) {
        return clock.now(request.org());
    }

    private static ApiException unknown(String id) {
        return ApiException.notFound(id, Session.TYPE);
    }
}
