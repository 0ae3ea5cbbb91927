package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.hooks.HookBodies;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tags EventHook, InlineHook and HookKey. */
final class HookExamples implements Examples.Family {

    private static final String EVENT = "eventHookId";
    private static final String INLINE = "inlineHookId";
    private static final String TYPE = "com.okta.user.pre-registration";

    @Override
    public void say(Examples examples) {
        examples.isNoId("keyId");
        eventHooks(examples);
        inlineHooks(examples);
        examples.of("listHookKeys", stock -> Call.plain());
        examples.of("createHookKey", stock -> Call.plain().body(named(roomy(stock))));
        examples.of("getHookKey", stock -> Call.on("id", key(stock, "id")));
        examples.of(
                "getHookKey", stock -> Call.on("id", key(stock, "id")).query("expand=publickey"));
        examples.of("getPublicKey", stock -> Call.on("keyId", key(stock, "keyId")));
        examples.of("replaceHookKey", stock -> Call.on("id", key(stock, "id")).body(named(stock)));
        examples.of("deleteHookKey", stock -> Call.on("id", key(stock, "id")));
    }

    private static void eventHooks(Examples examples) {
        examples.of("listEventHooks", stock -> Call.plain());
        examples.of("createEventHook", stock -> Call.plain().body(event(stock)));
        examples.of("createEventHook", stock -> Call.plain().body(filtered(stock)));
        examples.of("getEventHook", stock -> Call.on(EVENT, madeEvent(stock)));
        examples.of(
                "replaceEventHook",
                stock -> Call.on(EVENT, madeEvent(stock)).body(filtered(stock)));
        examples.of("verifyEventHook", stock -> Call.on(EVENT, madeEvent(stock)));
        examples.of("deactivateEventHook", stock -> Call.on(EVENT, madeEvent(stock)));
        examples.of("activateEventHook", stock -> Call.on(EVENT, inactiveEvent(stock)));
        examples.of("deleteEventHook", stock -> Call.on(EVENT, inactiveEvent(stock)));
    }

    private static void inlineHooks(Examples examples) {
        examples.of("listInlineHooks", stock -> Call.plain());
        examples.of("listInlineHooks", stock -> Call.plain().query("type=" + TYPE));
        examples.of("createInlineHook", stock -> Call.plain().body(inline(stock)));
        examples.of("createInlineHook", stock -> Call.plain().body(oauth(stock)));
        examples.of("getInlineHook", stock -> Call.on(INLINE, madeInline(stock)));
        examples.of(
                "updateInlineHook", stock -> Call.on(INLINE, madeInline(stock)).body(named(stock)));
        examples.of(
                "replaceInlineHook",
                stock -> Call.on(INLINE, madeInline(stock)).body(inline(stock)));
        examples.of(
                "executeInlineHook",
                stock -> Call.on(INLINE, madeInline(stock)).body("{\"data\":{\"context\":{}}}"));
        examples.of("deactivateInlineHook", stock -> Call.on(INLINE, madeInline(stock)));
        examples.of("activateInlineHook", stock -> Call.on(INLINE, inactiveInline(stock)));
        examples.of("deleteInlineHook", stock -> Call.on(INLINE, inactiveInline(stock)));
    }

    private static ObjectNode event(Stock stock) {
        return HookBodies.eventHook(
                stock.name(), stock.receiver().url("/hook"), "user.lifecycle.deactivate");
    }

    private static ObjectNode filtered(Stock stock) {
        ObjectNode body =
                HookBodies.eventHook(
                        stock.name(), stock.receiver().url("/hook"), "group.user_membership.add");
        ((ObjectNode) body.get("events"))
                .putObject("filter")
                .putArray("eventFilterMap")
                .addObject()
                .put("event", "group.user_membership.add")
                .putObject("condition")
                .put("expression", "event.target.?[type eq 'UserGroup'].size()>0");
        return body.put("description", "Only groups");
    }

    private static String madeEvent(Stock stock) {
        return stock.http().post("/api/v1/eventHooks", event(stock)).expect(200).text("id");
    }

    private static String inactiveEvent(Stock stock) {
        return inactive(stock, "/api/v1/eventHooks/", HookExamples::madeEvent);
    }

    private static ObjectNode inline(Stock stock) {
        return HookBodies.inlineHook(stock.name(), TYPE, stock.receiver().url("/ask"));
    }

    private static ObjectNode oauth(Stock stock) {
        ObjectNode body = inline(stock);
        ((ObjectNode) body.get("channel")).put("type", "OAUTH");
        ((ObjectNode) body.at("/channel/config"))
                .putNull("authScheme")
                .put("authType", "private_key_jwt")
                .put("clientId", "client")
                .put("tokenUrl", stock.receiver().url("/token"))
                .put("hookKeyId", key(stock, "id"));
        return body;
    }

    private static String madeInline(Stock stock) {
        return stock.http().post("/api/v1/inlineHooks", inline(stock)).expect(200).text("id");
    }

    private static String inactiveInline(Stock stock) {
        return inactive(stock, "/api/v1/inlineHooks/", HookExamples::madeInline);
    }

    private static String inactive(Stock stock, String path, Function<Stock, String> making) {
        String id = making.apply(stock);
        stock.http().post(path + id + "/lifecycle/deactivate").expect(200);
        return id;
    }

    private static ObjectNode named(Stock stock) {
        return Json.object().put("name", stock.name());
    }

    private static String key(Stock stock, String field) {
        return roomy(stock).http().post("/api/v1/hook-keys", named(stock)).expect(200).text(field);
    }

    /** An org has fifty hook keys at most: those that no hook uses go before there are as many. */
    private static Stock roomy(Stock stock) {
        JsonNode keys = stock.http().get("/api/v1/hook-keys").expect(200).json();
        if (keys.size() > 30) {
            keys.forEach(
                    key -> stock.http().delete("/api/v1/hook-keys/" + key.get("id").asString()));
        }
        return stock;
    }
}
