package dev.ostiary.server.hooks.inline;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.hooks.channel.HookSecrets;
import dev.ostiary.server.hooks.inline.InlineHookBody.Need;
import dev.ostiary.server.hooks.inline.InlineHookStore.Kept;
import dev.ostiary.server.hooks.keys.HookSigner;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The tag InlineHook. Thread-safe. */
public final class InlineHooks implements Family {

    /** Published on the page about inline hooks. */
    private static final int MOST = 100;

    private static final String ID = "inlineHookId";

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final HookSecrets secrets;
    private final HookSigner signer;
    private final InlineCalls calls;
    private final InlineHookStore store = new InlineHookStore();

    public InlineHooks(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            HookSecrets secrets,
            HookSigner signer,
            InlineCalls calls) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.secrets = secrets;
        this.signer = signer;
        this.calls = calls;
    }

    /** Whether an org has a hook of this id. */
    public static boolean has(Reader reader, String id) {
        return new InlineHookStore().find(reader, id).isPresent();
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listInlineHooks", this::list).answersMany(InlineHook.SCHEMA),
                Binding.of("createInlineHook", this::create)
                        .takes(InlineHookBody.CREATED)
                        .answers(InlineHook.SCHEMA),
                Binding.of("getInlineHook", this::get).answers(InlineHook.SCHEMA),
                Binding.of("updateInlineHook", request -> change(request, Need.UPDATE))
                        .takes(InlineHookBody.UPDATED)
                        .answers(InlineHook.SCHEMA),
                Binding.of("replaceInlineHook", request -> change(request, Need.REPLACE))
                        .takes(InlineHookBody.REPLACED)
                        .answers(InlineHook.SCHEMA),
                Binding.of("deleteInlineHook", this::delete),
                Binding.of("activateInlineHook", request -> move(request, true))
                        .answers(InlineHook.SCHEMA),
                Binding.of("deactivateInlineHook", request -> move(request, false))
                        .answers(InlineHook.SCHEMA),
                Binding.of("executeInlineHook", this::execute)
                        .takes(Schema.DOCUMENT)
                        .answers(Schema.DOCUMENT));
    }

    /** Whether a hook signs with a key. */
    public boolean anyUses(Reader reader, String hookKeyId) {
        return store.anyUses(reader, hookKeyId);
    }

    /** A type that there is not has no hooks. */
    private Reply list(Request request) {
        Optional<String> asked = request.query().text("type");
        Optional<HookType> type = asked.flatMap(HookType::of);
        List<InlineHook> hooks =
                asked.isPresent() && type.isEmpty()
                        ? List.of()
                        : database.read(
                                request.org().number(), reader -> store.list(reader, type, MOST));
        return Reply.list(hooks, (hook, out) -> hook.write(out, request.baseUrl()));
    }

    private Reply create(Request request) {
        Org org = request.org();
        InlineHookBody body = InlineHookBody.of(request.object(), Need.CREATE);
        Instant now = now();
        Channel channel = body.channel().orElseThrow();
        InlineHook hook =
                new InlineHook(
                        ids.next("cal", org.tail(), now),
                        body.name().orElseThrow(),
                        body.type().orElseThrow(),
                        body.version().orElse(ChannelJson.VERSION),
                        true,
                        channel.withoutSecret(),
                        now,
                        now);
        Kept kept = new Kept(hook, sealed(org, hook.id(), channel));
        requireSecret(kept);
        database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    if (store.count(tx, MOST) >= MOST) {
                        throw ApiException.validation(
                                "inlineHook", "An org has at most " + MOST + " inline hooks.");
                    }
                    requireKey(tx, channel);
                    store.insert(tx, kept);
                    tx.emit(events.event("inline_hook.created").target(hook.target()));
                    return hook;
                });
        return answer(request, hook);
    }

    private Reply get(Request request) {
        Kept kept =
                database.read(
                                request.org().number(),
                                reader -> store.find(reader, request.variable(ID)))
                        .orElseThrow(() -> unknown(request.variable(ID)));
        return answer(request, kept.hook());
    }

    /** The same again is no change, unless a secret is said: it may be another. */
    private Reply change(Request request, Need need) {
        Org org = request.org();
        InlineHookBody body = InlineHookBody.of(request.object(), need);
        InlineHook changed =
                database.write(
                        org.number(),
                        tx -> {
                            ConfigVersionStore.hold(tx);
                            Kept old = require(tx, request);
                            Kept now = changed(org, old, body);
                            if (now.hook().same(old.hook()) && !saysSecret(body)) {
                                return old.hook();
                            }
                            requireSecret(now);
                            requireKey(tx, now.hook().channel());
                            store.update(tx, now);
                            tx.emit(
                                    events.event("inline_hook.updated")
                                            .target(now.hook().target()));
                            return now.hook();
                        });
        return answer(request, changed);
    }

    private static boolean saysSecret(InlineHookBody body) {
        return body.channel().map(Channel::secret).isPresent();
    }

    private Kept changed(Org org, Kept old, InlineHookBody body) {
        InlineHook hook = old.hook();
        Channel channel = body.channel().orElse(hook.channel());
        InlineHook now =
                hook.with(
                        body.name().orElse(hook.name()),
                        body.version().orElse(hook.version()),
                        channel,
                        now());
        Optional<byte[]> secret = sealed(org, hook.id(), channel);
        boolean keeps = secret.isEmpty() && channel.mayKeepSecretOf(hook.channel());
        return new Kept(now, keeps ? old.secret() : secret);
    }

    private Reply move(Request request, boolean active) {
        String event = active ? "inline_hook.activated" : "inline_hook.deactivated";
        InlineHook moved =
                database.write(
                        request.org().number(),
                        tx -> {
                            Kept old = require(tx, request);
                            if (old.hook().active() == active) {
                                return old.hook();
                            }
                            InlineHook now = old.hook().active(active, now());
                            store.update(tx, new Kept(now, old.secret()));
                            tx.emit(events.event(event).target(now.target()));
                            return now;
                        });
        return answer(request, moved);
    }

    private Reply delete(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    InlineHook hook = require(tx, request).hook();
                    if (hook.active()) {
                        throw ApiException.of("E0000107")
                                .because("The inline hook must be deactivated before deletion.");
                    }
                    store.delete(tx, hook.id());
                    tx.emit(events.event("inline_hook.deleted").target(hook.target()));
                    return hook;
                });
        return Reply.noContent();
    }

    /** Asks what the body says, and answers what the service says. */
    private Reply execute(Request request) {
        String id = request.variable(ID);
        ObjectNode question = request.object();
        ObjectNode said =
                switch (calls.ask(request.org(), id, question)) {
                    case InlineAnswer.Said answer -> answer.body();
                    case InlineAnswer.NoHook none -> throw unknown(id);
                    case InlineAnswer.Inactive inactive ->
                            throw ApiException.validation(
                                    "status", "status: The inline hook is not active.");
                    case InlineAnswer.Refused refused ->
                            throw ApiException.of("E0000135").because(refused.words());
                    case InlineAnswer.Silent silent ->
                            throw ApiException.of("E0000137")
                                    .because(silent.words())
                                    .withStatus(400);
                    case InlineAnswer.Garbled garbled ->
                            throw ApiException.of("E0000134")
                                    .because(garbled.words())
                                    .withStatus(400);
                };
        return Reply.ok(out -> Json.raw(out, Json.text(said)));
    }

    private Kept require(Tx tx, Request request) {
        String id = request.variable(ID);
        return store.lock(tx, id).orElseThrow(() -> unknown(id));
    }

    private Optional<byte[]> sealed(Org org, String id, Channel channel) {
        return Optional.ofNullable(channel.secret())
                .map(secret -> secrets.seal(org.number(), id, secret));
    }

    private static void requireSecret(Kept kept) {
        if (kept.hook().channel().needsSecret() && kept.secret().isEmpty()) {
            String field =
                    switch (kept.hook().channel()) {
                        case Channel.Http http -> "channel.config.authScheme.value";
                        case Channel.OAuth oauth -> "channel.config.clientSecret";
                    };
            throw ApiException.validation(field, field + ": The field cannot be left blank");
        }
    }

    private void requireKey(Tx tx, Channel channel) {
        if (!(channel instanceof Channel.OAuth oauth)
                || oauth.client().method() != OAuthConfig.Method.PRIVATE_KEY_JWT) {
            return;
        }
        String key = oauth.client().keyId();
        if (key == null) {
            throw ApiException.validation(
                    "hookKeyId", "channel.config.hookKeyId: The field cannot be left blank");
        }
        if (!signer.has(tx, key)) {
            throw ApiException.validation(
                    "hookKeyId", "channel.config.hookKeyId: There is no hook key " + key);
        }
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Reply answer(Request request, InlineHook hook) {
        return Reply.ok(out -> hook.write(out, request.baseUrl()));
    }

    private static ApiException unknown(String id) {
        return ApiException.notFound(id, "InlineHook");
    }
}
