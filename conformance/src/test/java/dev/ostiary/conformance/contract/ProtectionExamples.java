package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The tags Behavior, ThreatInsight, AttackProtection and BotProtection. */
final class ProtectionExamples implements Examples.Family {

    private static final String BEHAVIOR = "behaviorId";

    @Override
    public void say(Examples examples) {
        examples.of("listBehaviorDetectionRules", stock -> Call.plain());
        examples.of("listBehaviorDetectionRules", stock -> Call.plain().query("limit=2"));
        examples.of("createBehaviorDetectionRule", stock -> Call.plain().body(velocity(stock)));
        examples.of("createBehaviorDetectionRule", stock -> Call.plain().body(location(stock)));
        examples.of("getBehaviorDetectionRule", stock -> Call.on(BEHAVIOR, made(stock)));
        examples.of(
                "replaceBehaviorDetectionRule",
                stock -> Call.on(BEHAVIOR, made(stock)).body(velocity(stock)));
        examples.of("deleteBehaviorDetectionRule", stock -> Call.on(BEHAVIOR, made(stock)));
        examples.of("deactivateBehaviorDetectionRule", stock -> Call.on(BEHAVIOR, made(stock)));
        examples.of("activateBehaviorDetectionRule", stock -> Call.on(BEHAVIOR, made(stock)));
        examples.of("getCurrentConfiguration", stock -> Call.plain());
        for (String action : new String[] {"audit", "block", "none"}) {
            examples.of(
                    "updateConfiguration",
                    stock ->
                            Call.plain()
                                    .body("{\"action\":\"" + action + "\",\"excludeZones\":[]}"));
        }
        examples.of("getUserLockoutSettings", stock -> Call.plain());
        examples.of("getAuthenticatorSettings", stock -> Call.plain());
        for (boolean on : new boolean[] {true, false}) {
            examples.of(
                    "replaceUserLockoutSettings",
                    stock ->
                            Call.plain()
                                    .body(
                                            "{\"preventBruteForceLockoutFromUnknownDevices\":"
                                                    + on
                                                    + "}"));
            examples.of(
                    "replaceAuthenticatorSettings",
                    stock ->
                            Call.plain()
                                    .body("{\"verifyKnowledgeSecondWhen2faRequired\":" + on + "}"));
        }
        examples.of("getBotProtectionConfiguration", stock -> Call.plain());
        examples.of(
                "updateBotProtectionConfiguration",
                stock ->
                        Call.plain()
                                .body(
                                        "{\"level\":\"MEDIUM\",\"mode\":\"ENFORCED\",\"enforcementType\":"
                                                + "\"OKTA_CHALLENGE\",\"supportedFlows\":[\"SSR\",\"SSPR\"]}"));
        examples.of(
                "updateBotProtectionConfiguration",
                stock -> Call.plain().body("{\"level\":\"LOW\",\"mode\":\"LOG_ONLY\"}"));
    }

    private static ObjectNode velocity(Stock stock) {
        return Json.object().put("name", stock.name()).put("type", "VELOCITY");
    }

    private static ObjectNode location(Stock stock) {
        ObjectNode body = Json.object().put("name", stock.name()).put("type", "ANOMALOUS_LOCATION");
        body.putObject("settings")
                .put("granularity", "LAT_LONG")
                .put("radiusKilometers", 25)
                .put("maxEventsUsedForEvaluation", 50)
                .put("minEventsNeededForEvaluation", 3);
        return body;
    }

    private static String made(Stock stock) {
        return stock.http().post("/api/v1/behaviors", velocity(stock)).expect(200).text("id");
    }
}
