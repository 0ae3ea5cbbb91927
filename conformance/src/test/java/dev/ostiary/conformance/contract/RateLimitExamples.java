package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The tags PrincipalRateLimit and RateLimitSettings. */
final class RateLimitExamples implements Examples.Family {

    private static final String VARIABLE = "principalRateLimitId";
    private static final String LIMITS = "/api/v1/principal-rate-limits";
    private static final String TOKENS = "filter=principalType%20eq%20%22SSWS_TOKEN%22";

    @Override
    public void say(Examples examples) {
        examples.of(
                "createPrincipalRateLimitEntity", stock -> Call.plain().body(share(token(stock))));
        examples.of("getPrincipalRateLimitEntity", stock -> Call.on(VARIABLE, made(stock)));
        examples.of(
                "replacePrincipalRateLimitEntity",
                stock -> {
                    String token = token(stock);
                    return Call.on(VARIABLE, made(stock, token)).body(share(token));
                });
        examples.of("listPrincipalRateLimitEntities", stock -> Call.plain().query(TOKENS));
        examples.of(
                "listPrincipalRateLimitEntities",
                stock -> {
                    made(stock);
                    made(stock);
                    return Call.plain().query(TOKENS + "&limit=1");
                });
        settings(examples, "AdminNotifications", "{\"notificationsEnabled\":true}");
        settings(examples, "WarningThreshold", "{\"warningThreshold\":66}");
        settings(
                examples,
                "PerClient",
                "{\"defaultMode\":\"PREVIEW\",\"useCaseModeOverrides\":{\"LOGIN_PAGE\":\"ENFORCE\"}}");
    }

    private static void settings(Examples examples, String setting, String body) {
        examples.of("getRateLimitSettings" + setting, stock -> Call.plain());
        examples.of("replaceRateLimitSettings" + setting, stock -> Call.plain().body(body));
    }

    private static String token(Stock stock) {
        return stock.token().path("id").asString();
    }

    private static ObjectNode share(String token) {
        return Json.object()
                .put("principalId", token)
                .put("principalType", "SSWS_TOKEN")
                .put("defaultPercentage", 60)
                .put("defaultConcurrencyPercentage", 70);
    }

    private static String made(Stock stock) {
        return made(stock, token(stock));
    }

    private static String made(Stock stock, String token) {
        return stock.http().post(LIMITS, share(token)).expect(201).text("id");
    }
}
