package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The tag Authenticator. Changes of one org come one after the other. Thread-safe. */
public final class Authenticators implements Family {

    private static final String LIFECYCLE = "security.authenticator.lifecycle.";

    private final Database database;
    private final Ids ids;
    private final OrgClock clock;
    private final EventCatalogue events;
    private final AuthenticatorStore store = new AuthenticatorStore();

    public Authenticators(Database database, Ids ids, InstantSource time, EventCatalogue events) {
        this.database = database;
        this.ids = ids;
        this.clock = new OrgClock(time);
        this.events = events;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listAuthenticators", this::list).answersMany(Authenticator.SCHEMA),
                Binding.of("createAuthenticator", this::create)
                        .takes(AuthenticatorBody.SHAPE)
                        .answers(Authenticator.SCHEMA),
                Binding.of("getAuthenticator", this::get).answers(Authenticator.SCHEMA),
                Binding.of("replaceAuthenticator", this::replace)
                        .takes(AuthenticatorBody.SHAPE)
                        .answers(Authenticator.SCHEMA),
                Binding.of("activateAuthenticator", request -> move(request, true))
                        .answers(Authenticator.SCHEMA),
                Binding.of("deactivateAuthenticator", request -> move(request, false))
                        .answers(Authenticator.SCHEMA),
                Binding.of("listAuthenticatorMethods", this::methods)
                        .answersMany(Authenticator.METHOD),
                Binding.of("getAuthenticatorMethod", this::method).answers(Authenticator.METHOD),
                Binding.of("activateAuthenticatorMethod", request -> moveMethod(request, true))
                        .answers(Authenticator.METHOD),
                Binding.of("deactivateAuthenticatorMethod", request -> moveMethod(request, false))
                        .answers(Authenticator.METHOD));
    }

    private Reply list(Request request) {
        List<Authenticator> all =
                database.read(request.org().number(), reader -> store.all(reader, request.org()));
        return Reply.list(all, (each, out) -> each.write(out, request.baseUrl()));
    }

    private Reply create(Request request) {
        AuthenticatorBody body = request.body(AuthenticatorBody.SHAPE);
        AuthenticatorKey key = body.required();
        boolean activate = request.query().flag("activate", true);
        Authenticator made =
                database.write(
                        request.org().number(),
                        tx -> {
                            ConfigVersionStore.hold(tx);
                            if (store.all(tx, request.org()).stream()
                                    .anyMatch(each -> each.key() == key)) {
                                throw ApiException.validation(
                                        "Authenticator",
                                        "key: There is an authenticator with this key already.");
                            }
                            Instant now = now(request);
                            Authenticator fresh =
                                    new Authenticator(
                                            ids.next("aut", request.org().tail(), now),
                                            key,
                                            Optional.ofNullable(body.name())
                                                    .orElse(key.displayName()),
                                            activate,
                                            body.settings(key, key.settings()),
                                            Set.of(),
                                            now,
                                            now);
                            store.save(tx, fresh);
                            tx.emit(event("create", fresh));
                            if (activate) {
                                tx.emit(event("activate", fresh));
                            }
                            return fresh;
                        });
        return answer(request, made);
    }

    private Reply get(Request request) {
        return answer(
                request,
                database.read(
                        request.org().number(),
                        reader -> store.require(reader, request.org(), id(request))));
    }

    private Reply replace(Request request) {
        AuthenticatorBody body = request.body(AuthenticatorBody.SHAPE);
        return answer(
                request,
                change(
                        request,
                        (tx, old) -> {
                            if (body.key() != null && !body.key().equals(old.key().wire())) {
                                throw ApiException.validation(
                                        "key", "key: The key of an authenticator never changes.");
                            }
                            Authenticator next =
                                    old.changed(
                                            Optional.ofNullable(body.name()).orElse(old.name()),
                                            body.settings(old.key(), old.settings()),
                                            old.lastUpdated());
                            return next.equals(old)
                                    ? old
                                    : saved(
                                            tx,
                                            next.changed(
                                                    next.name(), next.settings(), now(request)),
                                            UnaryOperator.identity(),
                                            "update");
                        }));
    }

    /** To where it is already is no step: nothing is written, and the log is silent. */
    private Reply move(Request request, boolean on) {
        return answer(
                request,
                change(
                        request,
                        (tx, old) -> {
                            if (old.active() == on) {
                                return old;
                            }
                            if (old.key() == AuthenticatorKey.OKTA_PASSWORD) {
                                throw ApiException.of("E0000148", "")
                                        .because(
                                                "Authenticator Enrollment Policies: Default"
                                                        + " Policy");
                            }
                            return saved(
                                    tx,
                                    old.active(on, now(request)),
                                    UnaryOperator.identity(),
                                    on ? "activate" : "deactivate");
                        }));
    }

    private Reply methods(Request request) {
        Authenticator of =
                database.read(
                        request.org().number(),
                        reader -> store.require(reader, request.org(), id(request)));
        return Reply.list(
                of.key().methods(),
                (method, out) -> of.writeMethod(out, method, request.baseUrl()));
    }

    private Reply method(Request request) {
        Authenticator of =
                database.read(
                        request.org().number(),
                        reader -> store.require(reader, request.org(), id(request)));
        String method = method(request, of);
        return Reply.ok(out -> of.writeMethod(out, method, request.baseUrl()));
    }

    private Reply moveMethod(Request request, boolean on) {
        Authenticator after =
                change(
                        request,
                        (tx, old) -> {
                            String method = method(request, old);
                            if (old.methodActive(method) == on) {
                                return old;
                            }
                            boolean last =
                                    old.key().methods().stream().filter(old::methodActive).count()
                                            == 1;
                            if (!on && last) {
                                throw ApiException.validation(
                                        "Authenticator",
                                        "The last active method of an authenticator cannot be"
                                                + " deactivated.");
                            }
                            return saved(
                                    tx,
                                    old.method(method, on, now(request)),
                                    event -> event.target(target(old, method, on)),
                                    "update");
                        });
        return Reply.ok(out -> after.writeMethod(out, method(request, after), request.baseUrl()));
    }

    /** As the catalogue of events describes {@code AuthenticatorMethodResourceDetails}. */
    private static Target target(Authenticator of, String method, boolean on) {
        return new Target(
                of.id(),
                "AuthenticatorMethod",
                method,
                method,
                Map.of(
                        "methodType",
                        method.toUpperCase(Locale.ROOT),
                        "methodAction",
                        on ? "ACTIVATE" : "DEACTIVATE"));
    }

    @FunctionalInterface
    private interface Change {
        Authenticator apply(Tx tx, Authenticator old);
    }

    private Authenticator change(Request request, Change change) {
        return database.write(
                request.org().number(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    return change.apply(tx, store.require(tx, request.org(), id(request)));
                });
    }

    private Authenticator saved(
            Tx tx, Authenticator changed, UnaryOperator<Event> more, String step) {
        store.save(tx, changed);
        tx.emit(more.apply(event(step, changed)));
        return changed;
    }

    private Event event(String step, Authenticator authenticator) {
        return events.event(LIFECYCLE + step).target(authenticator.target());
    }

    private static String method(Request request, Authenticator of) {
        String method = request.variable("methodType");
        if (!of.key().methods().contains(method)) {
            throw ApiException.notFound(method, "AuthenticatorMethod");
        }
        return method;
    }

    private Instant now(Request request) {
        return clock.now(request.org());
    }

    private static String id(Request request) {
        return request.variable("authenticatorId");
    }

    private static Reply answer(Request request, Authenticator authenticator) {
        return Reply.ok(out -> authenticator.write(out, request.baseUrl()));
    }
}
