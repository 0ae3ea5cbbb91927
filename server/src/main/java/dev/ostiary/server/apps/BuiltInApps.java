package dev.ostiary.server.apps;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The apps that an org holds before anyone touches it (WIRE). They have no rows: all there is to
 * them follows from the org, so that idle orgs cost nothing. Their ids carry the moment of the
 * org's creation, and so come before those of all other apps.
 *
 * @param all in the order of their ids
 */
record BuiltInApps(List<App> all) {

    private static final Map<String, String> LABELS =
            Map.of(
                    "saasure", "Okta Admin Console",
                    "okta_enduser", "Okta Dashboard",
                    "okta_browser_plugin", "Okta Browser Plugin",
                    "flow", "Okta Workflows",
                    "okta_account_settings", "Okta Account Management");

    private static final String BODY = body();

    private static final String BASE_62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Where in an id the moment ends, and where the org's own characters begin. */
    private static final int MOMENT_ENDS = 10;

    private static final int TAIL = 17;

    /** Those of an org. */
    static BuiltInApps of(Org org) {
        List<App> apps = new ArrayList<>();
        LABELS.forEach((name, label) -> apps.add(app(org, name, label)));
        apps.sort(Comparator.comparing(App::id));
        return new BuiltInApps(List.copyOf(apps));
    }

    /** What a single-page app has by itself; where these go to is nobody's to know. */
    private static String body() {
        ObjectNode wanted =
                Json.object(
                        """
                        {"name": "oidc_client", "label": "Built in", "signOnMode": "OPENID_CONNECT",
                         "settings": {"oauthClient": {"application_type": "browser",
                             "redirect_uris": ["https://built.in.invalid/"]}}}""");
        ObjectNode body = AppBody.created(wanted, () -> "", Instant.EPOCH).body();
        body.path("settings").path("oauthClient").asObject().putArray("redirect_uris");
        return Json.text(body);
    }

    private static App app(Org org, String name, String label) {
        String id = id(org, name);
        ObjectNode body = Json.object(BODY);
        body.path("visibility").asObject().putObject("appLinks").put(name + "_link", true);
        Instant born = org.created();
        return new App(
                id,
                name,
                false,
                label,
                App.Status.ACTIVE,
                SignOnMode.OPENID_CONNECT,
                null,
                id,
                Json.text(body),
                null,
                null,
                null,
                born,
                born);
    }

    private static String id(Org org, String name) {
        byte[] digest;
        try {
            digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((org.id() + " " + name).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        StringBuilder id = new StringBuilder("0oa" + org.id().substring(3, MOMENT_ENDS));
        for (int i = 0; id.length() < TAIL; i++) {
            id.append(BASE_62.charAt((digest[i] & 0xFF) % BASE_62.length()));
        }
        return id + org.id().substring(TAIL);
    }

    Optional<App> find(String id) {
        return all.stream().filter(app -> app.id().equals(id)).findFirst();
    }

    /** Those for which a condition on {@code a} holds; the database judges them like any other. */
    List<App> matching(Reader reader, Sql condition) {
        Sql rows =
                Sql.join(
                        ", ",
                        all.stream()
                                .map(
                                        app ->
                                                Sql.of(
                                                        "(?::bigint, ?::text, ?::text, ?::text,"
                                                                + " ?::text, ?::text, ?::text)",
                                                        reader.org(),
                                                        app.id(),
                                                        app.name(),
                                                        CaseFold.fold(app.label()),
                                                        app.status(),
                                                        app.kid(),
                                                        app.clientId()))
                                .toList());
        Set<String> ids =
                new HashSet<>(
                        reader.search(
                                Sql.of("SELECT a.id FROM (VALUES")
                                        .then(rows)
                                        .then(
                                                ") a(org_id, id, name, label_folded, status, kid,"
                                                        + " client_id) WHERE")
                                        .then(condition.grouped()),
                                row -> row.text(1)));
        return all.stream().filter(app -> ids.contains(app.id())).toList();
    }
}
