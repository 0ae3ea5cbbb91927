package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of kind {@code authenticator}: those that were made, and those that every org
 * begins with once changed. Whoever writes holds the org's row. Thread-safe.
 */
final class AuthenticatorStore {

    private static final Documents DOCUMENTS = new Documents("authenticator");
    private static final int MOST = 100;

    /** All of an org, in the order of their keys. */
    List<Authenticator> all(Reader reader, Org org) {
        Map<String, Authenticator> all = new HashMap<>();
        Arrays.stream(AuthenticatorKey.values())
                .filter(AuthenticatorKey::initial)
                .map(key -> Authenticator.born(org, key))
                .forEach(born -> all.put(born.id(), born));
        DOCUMENTS.page(reader, "", MOST).stream()
                .map(AuthenticatorStore::read)
                .flatMap(Optional::stream)
                .forEach(each -> all.put(each.id(), each));
        return all.values().stream()
                .sorted(
                        Comparator.comparing(Authenticator::key)
                                .thenComparing(Authenticator::created)
                                .thenComparing(Authenticator::id))
                .toList();
    }

    /**
     * One of them.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    Authenticator require(Reader reader, Org org, String id) {
        return all(reader, org).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(id, "Authenticator"));
    }

    void save(Tx tx, Authenticator authenticator) {
        ObjectNode body =
                Json.object()
                        .put("key", authenticator.key().wire())
                        .put("name", authenticator.name())
                        .put("active", authenticator.active())
                        .put("settings", authenticator.settings())
                        .put("limited", authenticator.limited())
                        .put("created", authenticator.created().toString());
        authenticator
                .inactiveMethods()
                .forEach(method -> body.withArray("inactiveMethods").add(method));
        authenticator
                .methodSettings()
                .forEach((method, set) -> body.withObject("methods").set(method, Json.object(set)));
        DOCUMENTS.save(
                tx,
                authenticator.id(),
                new dev.ostiary.platform.store.Json(Json.text(body)),
                authenticator.lastUpdated());
    }

    /** Nothing for a key that only a newer node knows. */
    private static Optional<Authenticator> read(Document document) {
        ObjectNode body = Json.object(document.body());
        Set<String> inactive = new TreeSet<>();
        body.path("inactiveMethods").forEach(method -> inactive.add(method.stringValue()));
        Map<String, String> methods = new TreeMap<>();
        body.path("methods").forEachEntry((method, set) -> methods.put(method, Json.text(set)));
        return AuthenticatorKey.of(body.path("key").asString(""))
                .map(
                        key ->
                                new Authenticator(
                                        document.id(),
                                        key,
                                        body.path("name").asString(""),
                                        body.path("active").asBoolean(true),
                                        body.path("settings").asString(""),
                                        body.path("limited").asBoolean(false),
                                        inactive,
                                        methods,
                                        Instant.parse(body.path("created").asString("")),
                                        document.lastUpdated()));
    }
}
