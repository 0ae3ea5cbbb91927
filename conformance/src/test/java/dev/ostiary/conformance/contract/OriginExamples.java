package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The tag TrustedOrigin, and the same under the server's own paths. */
final class OriginExamples implements Examples.Family {

    private static final String VARIABLE = "trustedOriginId";

    @Override
    public void say(Examples examples) {
        examples.of("createTrustedOrigin", stock -> Call.plain().body(origin(stock)));
        examples.of("createTrustedOrigin", stock -> Call.plain().body(embedding(stock)));
        examples.of("getTrustedOrigin", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("listTrustedOrigins", stock -> Call.plain().query("limit=1"));
        examples.of(
                "replaceTrustedOrigin",
                stock -> Call.on(VARIABLE, made(stock)).body(embedding(stock)));
        examples.of("deactivateTrustedOrigin", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("activateTrustedOrigin", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("deleteTrustedOrigin", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("listOstiaryTrustedOrigins", stock -> Call.plain());
        examples.of("createOstiaryTrustedOrigin", stock -> Call.plain().body(origin(stock)));
        examples.of("deleteOstiaryTrustedOrigin", stock -> Call.on(VARIABLE, made(stock)));
    }

    private static ObjectNode origin(Stock stock) {
        String name = stock.name();
        ObjectNode origin =
                Json.object().put("name", name).put("origin", "https://" + name + ".example");
        origin.putArray("scopes").addObject().put("type", "CORS");
        return origin;
    }

    private static ObjectNode embedding(Stock stock) {
        ObjectNode origin = origin(stock);
        origin.withArray("scopes")
                .addObject()
                .put("type", "IFRAME_EMBED")
                .putArray("allowedOktaApps")
                .add("OKTA_ENDUSER");
        return origin;
    }

    private static String made(Stock stock) {
        return stock.http().post("/api/v1/trustedOrigins", origin(stock)).expect(200).text("id");
    }
}
