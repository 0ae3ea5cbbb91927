package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * The models of security keys that an org knows: what their makers say of them, and who vouches for
 * a key that says to be of one. Changes of one org come one after the other. Thread-safe.
 */
record Aaguids(AuthenticatorChanges changes, AaguidStore models) {

    private static final String TYPE = "CustomAAGUID";

    List<Binding> bindings() {
        return List.of(
                Binding.of("listAllCustomAAGUIDs", this::list).answersMany(Aaguid.SCHEMA),
                Binding.of("createCustomAAGUID", this::create)
                        .takes(AaguidForm.REST.schema(Way.IN).with(AaguidForm.WHOLE.schema(Way.IN)))
                        .answers(Aaguid.SCHEMA),
                Binding.of("getCustomAAGUID", this::get).answers(Aaguid.SCHEMA),
                Binding.of("replaceCustomAAGUID", this::replace)
                        .takes(AaguidForm.REST.schema(Way.IN))
                        .answers(Aaguid.SCHEMA),
                Binding.of("updateCustomAAGUID", this::update)
                        .takes(AaguidForm.REST.schema(Way.IN))
                        .alsoTakes("application/merge-patch+json")
                        .answers(Aaguid.SCHEMA),
                Binding.of("deleteCustomAAGUID", this::delete));
    }

    private Reply list(Request request) {
        return changes.database()
                .read(
                        request.org().number(),
                        reader -> {
                            Authenticator keys = keys(reader, request);
                            return Reply.list(
                                    models.all(reader),
                                    (each, out) -> each.write(out, path(request, keys)));
                        });
    }

    private Reply get(Request request) {
        return changes.database()
                .read(
                        request.org().number(),
                        reader -> {
                            Authenticator keys = keys(reader, request);
                            return answer(request, keys, require(reader, request));
                        });
    }

    private Reply create(Request request) {
        Aaguid fresh = AaguidForm.fresh(request.object());
        return held(
                request,
                (tx, keys) -> {
                    if (models.find(tx, fresh.aaguid()).isPresent()) {
                        throw ApiException.validation(
                                "aaguid", "aaguid: There is such an AAGUID already.");
                    }
                    if (models.all(tx).size() >= AaguidStore.MOST) {
                        throw ApiException.validation(
                                "aaguid", "There can be " + AaguidStore.MOST + " AAGUIDs at most.");
                    }
                    return saved(request, tx, keys, fresh);
                });
    }

    private Reply replace(Request request) {
        ObjectNode rest = AaguidForm.rest(request.object());
        return change(request, old -> rest);
    }

    private Reply update(Request request) {
        ObjectNode patch = request.object();
        return change(request, old -> AaguidForm.patched(old, patch));
    }

    private Reply change(Request request, Function<Aaguid, ObjectNode> change) {
        return held(
                request,
                (tx, keys) -> {
                    Aaguid old = require(tx, request);
                    Aaguid next = new Aaguid(old.aaguid(), change.apply(old));
                    return next.equals(old)
                            ? answer(request, keys, old)
                            : saved(request, tx, keys, next);
                });
    }

    private Reply delete(Request request) {
        return held(
                request,
                (tx, keys) -> {
                    Aaguid old = require(tx, request);
                    models.delete(tx, old.aaguid());
                    log(tx, keys, old);
                    return Reply.noContent();
                });
    }

    private Reply saved(Request request, Tx tx, Authenticator keys, Aaguid model) {
        models.save(tx, model, changes.now(request));
        log(tx, keys, model);
        return answer(request, keys, model);
    }

    private void log(Tx tx, Authenticator keys, Aaguid model) {
        tx.emit(
                changes.event("update", keys)
                        .target(
                                new Target(
                                        model.aaguid().toString(),
                                        TYPE,
                                        model.name(),
                                        model.name())));
    }

    @FunctionalInterface
    private interface Step {
        Reply apply(Tx tx, Authenticator keys);
    }

    private Reply held(Request request, Step step) {
        return changes.held(request, tx -> step.apply(tx, keys(tx, request)));
    }

    /** Only security keys have models. */
    private Authenticator keys(Reader reader, Request request) {
        Authenticator named = changes.named(reader, request);
        if (named.key() != AuthenticatorKey.WEBAUTHN) {
            throw ApiException.notFound(named.id(), "Authenticator");
        }
        return named;
    }

    private Aaguid require(Reader reader, Request request) {
        String text = request.variable("aaguid");
        return AaguidForm.id(text)
                .flatMap(id -> models.find(reader, id))
                .orElseThrow(() -> ApiException.notFound(text, TYPE));
    }

    private static String path(Request request, Authenticator keys) {
        return request.baseUrl() + "/api/v1/authenticators/" + keys.id();
    }

    private static Reply answer(Request request, Authenticator keys, Aaguid model) {
        return Reply.ok(out -> model.write(out, path(request, keys)));
    }
}
