package dev.ostiary.server.apps;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.platform.store.Work;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What changes apps. Each change begins by raising the version of the org's apps, so that changes
 * of one org come one after the other: numbers in names and limits need no lock of their own.
 * Thread-safe.
 */
public final class AppChanges {

    /** More than any org has; a bound, since every input has one. */
    static final int MOST = 10_000;

    /** A key's name (WIRE, "Ids"): 43 characters of base64url, chosen before the key is made. */
    private static final int KID_LENGTH = 43;

    private static final String PASSWORD_FIELD = "app.password";

    private static final Watch NOBODY = new Watch() {};

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final Tokens tokens;
    private final Sealed sealed;
    private final AppEvents events;
    private final AppStore store;
    private final ClientSecretStore secrets;
    private final List<Watch> watches;

    /** Whom it concerns that an app is made or ends. Implementations are thread-safe. */
    public interface Watch {

        /**
         * In the transaction that makes the app.
         *
         * @throws ApiException if there may be no such app
         */
        default void created(Tx tx, Org org, App app) {}

        /**
         * In the transaction that changes the app.
         *
         * @throws ApiException if the app may not be so
         */
        default void updated(Tx tx, Org org, App before, App after) {}

        /** In the transaction that deactivates the app. */
        default void deactivated(Tx tx, Org org, App app) {}

        /** In the transaction that deletes the app, before its row goes. */
        default void deleting(Tx tx, Org org, App app) {}
    }

    public AppChanges(
            Database database,
            Ids ids,
            InstantSource time,
            Tokens tokens,
            Sealed sealed,
            AppEvents events,
            AppStore store,
            ClientSecretStore secrets,
            List<Watch> watches) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.tokens = tokens;
        this.sealed = sealed;
        this.events = events;
        this.store = store;
        this.secrets = secrets;
        this.watches = List.copyOf(watches);
    }

    /** An app, and its secret where it has one that this answer may show. */
    public record Changed(App app, Optional<String> secret) {}

    Changed create(Org org, ObjectNode body, boolean activate) {
        return create(org, body, activate, NOBODY);
    }

    /**
     * Makes an app.
     *
     * @param body as {@code createApplication} takes it
     * @param also whom this one concerns beside those whom all do
     * @throws ApiException {@code E0000001} with every cause
     */
    public Changed create(Org org, ObjectNode body, boolean activate, Watch also) {
        Instant now = now();
        AppDraft draft = AppBody.created(body, () -> ids.next("pks", org.tail()), now);
        App.Status status = activate ? App.Status.ACTIVE : App.Status.INACTIVE;
        return write(
                org,
                draft,
                tx -> {
                    Changed made = create(tx, org, draft, status, now);
                    also.created(tx, org, made.app());
                    return made;
                });
    }

    private Changed create(Tx tx, Org org, AppDraft draft, App.Status status, Instant now) {
        if (store.count(tx) >= MOST) {
            throw ApiException.validation(
                    "generalSettings",
                    "Cannot create application instance. Maximum number of instances has been"
                            + " reached.");
        }
        String id = ids.next("0oa", org.tail(), now);
        @Nullable String kid =
                draft.definition().mode().signs() ? tokens.urlSafe(KID_LENGTH) : null;
        App app = draft.born(id, name(tx, org, draft), status, kid, now);
        if (BuiltInApps.of(org).find(String.valueOf(app.clientId())).isPresent()) {
            throw taken();
        }
        store.insert(tx, app, password(org, id, draft));
        Optional<String> secret = Optional.empty();
        if (draft.needsSecret()) {
            String text = draft.clientSecret() == null ? secrets.random() : draft.clientSecret();
            secrets.insert(tx, id, secrets.of(org, text, ClientSecret.Status.ACTIVE, now));
            secret = Optional.of(text);
        }
        watches.forEach(watch -> watch.created(tx, org, app));
        events.created(tx, app);
        if (app.active()) {
            events.activated(tx, app);
        }
        return new Changed(app, secret);
    }

    /** Of the org's own apps: {@code {subdomain}_{label}_{n}} (WIRE). */
    private String name(Tx tx, Org org, AppDraft draft) {
        @Nullable String known = draft.definition().name();
        if (known != null) {
            return known;
        }
        String begin = plain(org.name()) + "_" + plain(draft.label()) + "_";
        return begin + (store.lastNumber(tx, begin) + 1);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private byte @Nullable [] password(Org org, String id, AppDraft draft) {
        @Nullable String password = draft.sharedPassword();
        return password == null
                ? null
                : sealed.seal(
                        new Purpose(org.number(), PASSWORD_FIELD, id),
                        password.getBytes(StandardCharsets.UTF_8));
    }

    Changed replace(Org org, String id, ObjectNode body) {
        return replace(org, id, body, NOBODY);
    }

    /**
     * Makes another of an app.
     *
     * @param body as {@code replaceApplication} takes it
     * @param also whom this one concerns beside those whom all do
     * @throws ApiException {@code E0000001} with every cause, {@code E0000007} if there is none
     */
    public Changed replace(Org org, String id, ObjectNode body, Watch also) {
        // judged before anything is held, and again on the row that nobody else can change
        App seen = database.read(org.number(), reader -> store.require(reader, org, id));
        if (BuiltInApps.of(org).find(id).isPresent()) {
            throw ApiException.forbidden();
        }
        AppBody.replaced(seen, body, () -> "", now());
        return write(
                org,
                null,
                tx -> {
                    Instant now = now();
                    App before = store.held(tx, org, id, AppStore.Lock.ALL);
                    AppDraft draft =
                            AppBody.replaced(before, body, () -> ids.next("pks", org.tail()), now);
                    Changed changed = replace(tx, org, before, draft, now);
                    also.updated(tx, org, before, changed.app());
                    return changed;
                });
    }

    private Changed replace(Tx tx, Org org, App before, AppDraft draft, Instant now) {
        @Nullable String client = draft.clientId();
        if (before.clientId() != null && client != null && !client.equals(before.clientId())) {
            throw ApiException.validation("client_id", "client_id: 'client_id' cannot be changed.");
        }
        App after = draft.over(before, kid(before, draft), now);
        watches.forEach(watch -> watch.updated(tx, org, before, after));
        Optional<String> secret =
                draft.needsSecret() ? secret(tx, org, after, draft, now) : Optional.empty();
        byte @Nullable [] password = password(org, before.id(), draft);
        if (password != null) {
            store.password(tx, before, password);
        }
        store.update(tx, after);
        events.updated(tx, before, after);
        return new Changed(after, secret);
    }

    /** A key of another name has to be one of the app's: whoever keeps them sees to that. */
    private @Nullable String kid(App before, AppDraft draft) {
        if (!draft.definition().mode().signs()) {
            return null;
        }
        String present = before.kid() == null ? tokens.urlSafe(KID_LENGTH) : before.kid();
        return Objects.requireNonNullElse(draft.kid(), present);
    }

    /** The secret that the client has, chose, or is given now that it needs one. */
    private Optional<String> secret(Tx tx, Org org, App app, AppDraft draft, Instant now) {
        List<ClientSecret> active =
                secrets.all(tx, app.id()).stream().filter(ClientSecret::active).toList();
        @Nullable String chosen = draft.clientSecret();
        if (active.isEmpty()) {
            String text = chosen == null ? secrets.random() : chosen;
            secrets.insert(tx, app.id(), secrets.of(org, text, ClientSecret.Status.ACTIVE, now));
            return Optional.of(text);
        }
        List<String> texts = active.stream().map(each -> secrets.open(org.number(), each)).toList();
        if (chosen == null || texts.contains(chosen)) {
            return Optional.of(chosen == null ? texts.getLast() : chosen);
        }
        secrets.update(tx, app.id(), secrets.changed(org, active.getLast(), chosen, now));
        return Optional.of(chosen);
    }

    /** To where it is already is no step: nothing is written, and the log is silent. */
    void move(Org org, String id, App.Status to) {
        write(
                org,
                null,
                tx -> {
                    App before = store.held(tx, org, id, AppStore.Lock.ALL);
                    if (before.status() != to) {
                        App after = before.with(to, now());
                        store.update(tx, after);
                        if (after.active()) {
                            events.activated(tx, after);
                        } else {
                            watches.forEach(watch -> watch.deactivated(tx, org, after));
                            events.deactivated(tx, after);
                        }
                    }
                    return before;
                });
    }

    void delete(Org org, String id) {
        write(
                org,
                null,
                tx -> {
                    App app = store.held(tx, org, id, AppStore.Lock.ALL);
                    if (app.active()) {
                        throw ApiException.of("E0000056")
                                .because("The application must be deactivated before deletion.");
                    }
                    return delete(tx, org, app);
                });
    }

    /**
     * Ends an app, active or not.
     *
     * @param also whom this one concerns beside those whom all do
     * @throws ApiException {@code E0000007} if there is none
     */
    public void remove(Org org, String id, Watch also) {
        write(
                org,
                null,
                tx -> {
                    App app = store.held(tx, org, id, AppStore.Lock.ALL);
                    if (app.active()) {
                        events.deactivated(tx, app);
                    }
                    also.deleting(tx, org, app);
                    return delete(tx, org, app);
                });
    }

    private App delete(Tx tx, Org org, App app) {
        watches.forEach(watch -> watch.deleting(tx, org, app));
        store.delete(tx, app);
        events.deleted(tx, app);
        return app;
    }

    private <T> T write(Org org, @Nullable AppDraft draft, Work<T> work) {
        try {
            return database.write(
                    org.number(),
                    tx -> {
                        ConfigVersionStore.raise(tx, ConfigArea.APPS);
                        return work.run(tx);
                    });
        } catch (UniqueViolation e) {
            if (draft != null && e.constraint().equals("app_client_id")) {
                throw taken();
            }
            throw e;
        }
    }

    private static ApiException taken() {
        return ApiException.validation(
                "client_id",
                "client_id: An object with this field already exists in the current organization");
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
