package dev.ostiary.conformance.hooks;

import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that make hooks, as the documentation has them. */
public final class HookBodies {

    private HookBodies() {}

    /** An event hook with the secret {@code s3cret} and a header of its own. */
    public static ObjectNode eventHook(String name, String uri, String... eventTypes) {
        ObjectNode hook = Json.object().put("name", name);
        ObjectNode events = hook.putObject("events").put("type", "EVENT_TYPE");
        for (String type : eventTypes) {
            events.withArray("items").add(type);
        }
        hook.set("channel", channel(uri));
        return hook;
    }

    /** An inline hook that is reached the same way. */
    public static ObjectNode inlineHook(String name, String type, String uri) {
        ObjectNode hook = Json.object().put("name", name).put("type", type).put("version", "1.0.0");
        hook.set("channel", channel(uri));
        return hook;
    }

    private static ObjectNode channel(String uri) {
        ObjectNode channel = Json.object().put("type", "HTTP").put("version", "1.0.0");
        ObjectNode config = channel.putObject("config").put("uri", uri);
        config.putArray("headers").addObject().put("key", "X-Other").put("value", "other value");
        config.putObject("authScheme")
                .put("type", "HEADER")
                .put("key", "Authorization")
                .put("value", "s3cret");
        return channel;
    }

    /** Makes an event hook and has it verified; its id. */
    public static String verified(Http http, ObjectNode body) {
        String id = http.post("/api/v1/eventHooks", body).expect(200).text("id");
        http.post("/api/v1/eventHooks/" + id + "/lifecycle/verify").expect(200);
        return id;
    }
}
