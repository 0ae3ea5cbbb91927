package dev.ostiary.server.apps;

import dev.ostiary.platform.json.Json;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An app as a client wants it, judged and completed. Immutable, as far as nobody keeps its body.
 *
 * @param label what people call it
 * @param body what of it is kept as the wire has it; without secrets, ids of clients and keys
 * @param clientId the id that the client wants to have as an OAuth client; null for the app's own
 * @param clientSecret the secret that it chose; null for none
 * @param needsSecret whether it proves itself by a secret
 * @param sharedPassword a new password that users share; null for none
 * @param kid the key that is to sign; null where nothing is said
 */
record AppDraft(
        Definition definition,
        String label,
        ObjectNode body,
        @Nullable String clientId,
        @Nullable String clientSecret,
        boolean needsSecret,
        @Nullable String sharedPassword,
        @Nullable String kid) {

    boolean isClient() {
        return definition.mode() == SignOnMode.OPENID_CONNECT;
    }

    /** The app that it makes. */
    App born(String id, String name, App.Status status, @Nullable String signingKid, Instant now) {
        @Nullable String client = clientId == null ? id : clientId;
        return new App(
                id,
                name,
                definition.custom(),
                label,
                status,
                definition.mode(),
                signingKid,
                isClient() ? client : null,
                linked(name),
                null,
                null,
                null,
                now,
                now);
    }

    /** What it makes of an app that is there. */
    App over(App before, @Nullable String signingKid, Instant now) {
        return new App(
                before.id(),
                before.name(),
                before.custom(),
                label,
                before.status(),
                definition.mode(),
                signingKid,
                isClient() ? Objects.requireNonNullElse(before.clientId(), before.id()) : null,
                linked(before.name()),
                before.accessPolicy(),
                before.enrollmentPolicy(),
                before.logo(),
                before.created(),
                now);
    }

    /** The links that such an app has are known with its name; a client may only hide one. */
    private String linked(String name) {
        ObjectNode linked = body.deepCopy();
        String link = Definition.linkName(name, definition.mode(), definition.custom());
        ObjectNode visibility = linked.path("visibility").asObject();
        JsonNode given = visibility.path("appLinks").path(link);
        visibility.putObject("appLinks").put(link, given.asBoolean(true));
        return Json.text(linked);
    }
}
