package dev.ostiary.server.hooks.keys;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.platform.store.Work;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The tag HookKey. Thread-safe. */
public final class HookKeys implements Family {

    /** Published with createHookKey. */
    private static final int MOST = 50;

    private static final int LONGEST_NAME = 255;

    /** What a client says of a key. */
    private record Naming(String name) {

        private static final Shape<Naming> SHAPE = shape();

        private static Shape<Naming> shape() {
            Shape.Builder<Naming> shape = Shape.of("keyRequest");
            Field<Naming, String> name = shape.name("name", LONGEST_NAME, Naming::name).required();
            return shape.build(in -> new Naming(in.get(name)));
        }
    }

    /** Whether somebody uses a key. */
    @FunctionalInterface
    public interface Use {
        boolean of(Reader reader, String keyId);
    }

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final Sealed sealed;
    private final RsaKeys keys;
    private final Use use;
    private final HookKeyStore store = new HookKeyStore();

    public HookKeys(
            Database database,
            Ids ids,
            InstantSource time,
            SecureRandom random,
            EventCatalogue events,
            Sealed sealed,
            Use use) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.sealed = sealed;
        this.keys = new RsaKeys(random);
        this.use = use;
    }

    @Override
    public List<Binding> bindings() {
        Schema either = Schema.either(HookKey.SCHEMA, HookKey.DETAILED);
        return List.of(
                Binding.of("listHookKeys", this::list).answersMany(HookKey.SCHEMA),
                Binding.of("createHookKey", this::create)
                        .takes(Naming.SHAPE)
                        .answers(HookKey.DETAILED),
                Binding.of("getPublicKey", this::publicKey).answers(HookKey.PUBLIC),
                Binding.of("getHookKey", this::get).answers(either),
                Binding.of("replaceHookKey", this::replace)
                        .takes(Naming.SHAPE)
                        .answers(HookKey.DETAILED),
                Binding.of("deleteHookKey", this::delete));
    }

    /** A key as somebody sees it. */
    private record Seen(HookKey key, boolean used) {}

    private Reply list(Request request) {
        List<Seen> all =
                database.read(
                        request.org().number(),
                        reader ->
                                store.all(reader, MOST).stream()
                                        .map(key -> new Seen(key, use.of(reader, key.id())))
                                        .toList());
        return Reply.list(all, (seen, out) -> seen.key().write(out, seen.used(), false));
    }

    private Reply create(Request request) {
        Org org = request.org();
        Naming naming = request.body(Naming.SHAPE);
        Instant now = now();
        String id = ids.next("HKY", org.tail(), now);
        RsaKeys.Pair pair = keys.make();
        HookKey key =
                new HookKey(
                        id,
                        keys.name(),
                        naming.name(),
                        pair.n(),
                        pair.e(),
                        sealed.seal(
                                new Purpose(org.number(), HookSigner.FIELD, id), pair.privateKey()),
                        now,
                        now);
        write(
                org,
                tx -> {
                    ConfigVersionStore.hold(tx);
                    if (store.all(tx, MOST).size() >= MOST) {
                        throw ApiException.validation(
                                "keyRequest", "An org has at most " + MOST + " hook keys.");
                    }
                    store.insert(tx, key);
                    tx.emit(events.event("system.hook.key.created").target(key.target()));
                    return key;
                });
        return Reply.ok(out -> key.write(out, false, true));
    }

    private Reply get(Request request) {
        boolean detailed =
                request.query().first("expand").filter("publickey"::equalsIgnoreCase).isPresent();
        Seen seen =
                database.read(
                        request.org().number(), reader -> seen(reader, request.variable("id")));
        return Reply.ok(out -> seen.key().write(out, seen.used(), detailed));
    }

    private Reply publicKey(Request request) {
        String keyId = request.variable("keyId");
        HookKey key =
                database.read(request.org().number(), reader -> store.byKeyId(reader, keyId))
                        .orElseThrow(() -> unknown(keyId));
        return Reply.ok(key::writePublic);
    }

    /** The same name again is no change: nothing is written, and the log is silent. */
    private Reply replace(Request request) {
        Naming naming = request.body(Naming.SHAPE);
        Seen seen =
                write(
                        request.org(),
                        tx -> {
                            HookKey old = require(tx, request.variable("id"));
                            boolean used = use.of(tx, old.id());
                            if (old.name().equals(naming.name())) {
                                return new Seen(old, used);
                            }
                            HookKey renamed = old.named(naming.name(), now());
                            store.update(tx, renamed);
                            tx.emit(
                                    events.event("system.hook.key.updated")
                                            .target(renamed.target()));
                            return new Seen(renamed, used);
                        });
        return Reply.ok(out -> seen.key().write(out, seen.used(), true));
    }

    /** Holds the org, as whoever begins to use a key does. */
    private Reply delete(Request request) {
        write(
                request.org(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    HookKey key = require(tx, request.variable("id"));
                    if (use.of(tx, key.id())) {
                        throw ApiException.forbidden()
                                .because("The key is used by an inline hook.");
                    }
                    store.delete(tx, key.id());
                    tx.emit(events.event("system.hook.key.deleted").target(key.target()));
                    return key;
                });
        return Reply.noContent();
    }

    private <T> T write(Org org, Work<T> work) {
        try {
            return database.write(org.number(), work);
        } catch (UniqueViolation e) {
            if (!"hook_key_name".equals(e.constraint())) {
                throw e;
            }
            throw ApiException.validation(
                    "name",
                    "name: An object with this field already exists in the current organization");
        }
    }

    private Seen seen(Reader reader, String id) {
        HookKey key = store.find(reader, id).orElseThrow(() -> unknown(id));
        return new Seen(key, use.of(reader, id));
    }

    private HookKey require(Tx tx, String id) {
        return store.lock(tx, id).orElseThrow(() -> unknown(id));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static ApiException unknown(String id) {
        return ApiException.notFound(id, "HookKey");
    }
}
