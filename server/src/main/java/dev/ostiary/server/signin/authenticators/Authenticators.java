package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.customization.domains.TxtRecords;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The tag Authenticator. Changes of one org come one after the other. Thread-safe. */
public final class Authenticators implements Family {

    /** As many makes of hardware tokens, and as many others, as there are keys. */
    private static final int MOST = 50;

    private final Database database;
    private final Ids ids;
    private final AuthenticatorStore store = new AuthenticatorStore();
    private final AuthenticatorChanges changes;
    private final AuthenticatorMethods methods;
    private final Aaguids aaguids;
    private final RpIdDomains domains;

    public Authenticators(
            Database database, Ids ids, InstantSource time, EventCatalogue events, TxtRecords dns) {
        this.database = database;
        this.ids = ids;
        this.changes = new AuthenticatorChanges(database, new OrgClock(time), events, store);
        this.methods = new AuthenticatorMethods(changes);
        this.aaguids = new Aaguids(changes, new AaguidStore());
        this.domains = new RpIdDomains(changes, dns);
    }

    @Override
    public List<Binding> bindings() {
        return Stream.of(
                        own(),
                        methods.bindings(),
                        aaguids.bindings(),
                        domains.bindings(),
                        AppAuthenticators.bindings())
                .flatMap(List::stream)
                .toList();
    }

    private List<Binding> own() {
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
                        .answers(Authenticator.SCHEMA));
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
                            String name =
                                    Optional.ofNullable(body.name()).orElse(key.displayName());
                            requireRoom(store.all(tx, request.org()), key, name);
                            Instant now = changes.now(request);
                            Authenticator fresh =
                                    new Authenticator(
                                            ids.next("aut", request.org().tail(), now),
                                            key,
                                            name,
                                            activate,
                                            body.settings(key, key.settings()),
                                            body.limits(),
                                            Set.of(),
                                            Map.of(),
                                            now,
                                            now);
                            store.save(tx, fresh);
                            tx.emit(changes.event("create", fresh));
                            if (activate) {
                                tx.emit(changes.event("activate", fresh));
                            }
                            return fresh;
                        });
        return answer(request, made);
    }

    private static void requireRoom(List<Authenticator> all, AuthenticatorKey key, String name) {
        List<Authenticator> same = all.stream().filter(each -> each.key() == key).toList();
        if (!key.several() && !same.isEmpty()) {
            throw ApiException.validation(
                    "Authenticator", "key: There is an authenticator with this key already.");
        }
        if (same.stream().anyMatch(each -> each.name().equals(name))) {
            throw ApiException.validation(
                    "Authenticator", "name: There is an authenticator with this name already.");
        }
        if (same.size() >= MOST) {
            throw ApiException.validation(
                    "Authenticator", "There can be " + MOST + " authenticators of a key at most.");
        }
    }

    private Reply get(Request request) {
        return answer(request, changes.named(request));
    }

    private Reply replace(Request request) {
        AuthenticatorBody body = request.body(AuthenticatorBody.SHAPE);
        return answer(
                request,
                changes.change(
                        request,
                        (tx, old) -> {
                            if (body.key() != null && !body.key().equals(old.key().wire())) {
                                throw ApiException.validation(
                                        "key", "key: The key of an authenticator never changes.");
                            }
                            Authenticator next =
                                    old.changed(
                                            body.replacedName(),
                                            body.settings(old.key(), old.settings()),
                                            old.limited() || body.limits(),
                                            old.lastUpdated());
                            return next.equals(old)
                                    ? old
                                    : changes.save(
                                            tx,
                                            next.changed(
                                                    next.name(),
                                                    next.settings(),
                                                    next.limited(),
                                                    changes.now(request)),
                                            UnaryOperator.identity(),
                                            "update");
                        }));
    }

    /** To where it is already is no step: nothing is written, and the log is silent. */
    private Reply move(Request request, boolean on) {
        return answer(
                request,
                changes.change(
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
                            return changes.save(
                                    tx,
                                    old.active(on, changes.now(request)),
                                    UnaryOperator.identity(),
                                    on ? "activate" : "deactivate");
                        }));
    }

    private static Reply answer(Request request, Authenticator authenticator) {
        return Reply.ok(out -> authenticator.write(out, request.baseUrl()));
    }
}
