package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Tx;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The methods of authenticators: which may be used, and what they are set to. Thread-safe. */
record AuthenticatorMethods(AuthenticatorChanges changes) {

    private static final int LONGEST = 20_000;

    private static final Schema BODY =
            Schema.object()
                    .maybe("type", Schema.TEXT)
                    .maybe("status", Schema.words("ACTIVE", "INACTIVE"))
                    .with(MethodSettings.SCHEMA);

    List<Binding> bindings() {
        return List.of(
                Binding.of("listAuthenticatorMethods", this::list)
                        .answersMany(Authenticator.METHOD),
                Binding.of("getAuthenticatorMethod", this::get).answers(Authenticator.METHOD),
                Binding.of("replaceAuthenticatorMethod", this::replace)
                        .takes(BODY)
                        .answers(Authenticator.METHOD),
                Binding.of("activateAuthenticatorMethod", request -> move(request, true))
                        .answers(Authenticator.METHOD),
                Binding.of("deactivateAuthenticatorMethod", request -> move(request, false))
                        .answers(Authenticator.METHOD));
    }

    private Reply list(Request request) {
        Authenticator of = changes.named(request);
        return Reply.list(
                of.key().methods(),
                (method, out) -> of.writeMethod(out, method, request.baseUrl()));
    }

    private Reply get(Request request) {
        return answer(request, changes.named(request));
    }

    private Reply replace(Request request) {
        ObjectNode body = request.object();
        return answer(
                request,
                changes.change(
                        request,
                        (tx, old) -> {
                            String method = method(request, old);
                            requireType(body, method);
                            Instant now = changes.now(request);
                            ObjectNode before = old.methodSettings(method);
                            ObjectNode next =
                                    MethodSettings.of(old.key(), method).replaced(before, body);
                            if (old.key() == AuthenticatorKey.WEBAUTHN) {
                                RelyingParty.settle(
                                        before.path("settings"),
                                        next.path("settings").asObject(),
                                        URI.create(request.baseUrl()).getHost(),
                                        old.id());
                            }
                            if (Json.text(next).length() > LONGEST) {
                                throw ApiException.validation(
                                        "Authenticator",
                                        "settings: must not be longer than "
                                                + LONGEST
                                                + " characters");
                            }
                            Authenticator set =
                                    next.equals(before)
                                            ? old
                                            : changes.save(
                                                    tx,
                                                    old.method(method, next, now),
                                                    event ->
                                                            event.target(
                                                                    target(old, method, "UPDATE")),
                                                    "update");
                            return moved(tx, set, method, status(body, set, method), now);
                        }));
    }

    private static void requireType(ObjectNode body, String method) {
        if (body.isEmpty()) {
            throw ApiException.validation("type", "type: The field cannot be left blank");
        }
        JsonNode type = body.path("type");
        if (!type.isMissingNode() && !type.asString("").equals(method)) {
            throw ApiException.validation(
                    "type", "type: The type of a method of an authenticator never changes.");
        }
    }

    private static boolean status(ObjectNode body, Authenticator of, String method) {
        return switch (body.path("status").asString("")) {
            case "ACTIVE" -> true;
            case "INACTIVE" -> false;
            case "" -> of.methodActive(method);
            default ->
                    throw ApiException.validation(
                            "status", "status: must be one of ACTIVE, INACTIVE");
        };
    }

    private Reply move(Request request, boolean on) {
        return answer(
                request,
                changes.change(
                        request,
                        (tx, old) ->
                                moved(tx, old, method(request, old), on, changes.now(request))));
    }

    /** To where it is already is no step: nothing is written, and the log is silent. */
    private Authenticator moved(Tx tx, Authenticator old, String method, boolean on, Instant now) {
        if (old.methodActive(method) == on) {
            return old;
        }
        boolean last = old.key().methods().stream().filter(old::methodActive).count() == 1;
        if (!on && last) {
            throw ApiException.validation(
                    "Authenticator",
                    "The last active method of an authenticator cannot be deactivated.");
        }
        UnaryOperator<Event> more =
                event -> event.target(target(old, method, on ? "ACTIVATE" : "DEACTIVATE"));
        return changes.save(tx, old.method(method, on, now), more, "update");
    }

    /** As the catalogue of events describes {@code AuthenticatorMethodResourceDetails}. */
    private static Target target(Authenticator of, String method, String action) {
        return new Target(
                of.id(),
                "AuthenticatorMethod",
                method,
                method,
                Map.of("methodType", method.toUpperCase(Locale.ROOT), "methodAction", action));
    }

    private static String method(Request request, Authenticator of) {
        String method = request.variable("methodType");
        if (!of.key().methods().contains(method)) {
            throw ApiException.notFound(method, "AuthenticatorMethod");
        }
        return method;
    }

    private static Reply answer(Request request, Authenticator of) {
        String method = method(request, of);
        return Reply.ok(out -> of.writeMethod(out, method, request.baseUrl()));
    }
}
