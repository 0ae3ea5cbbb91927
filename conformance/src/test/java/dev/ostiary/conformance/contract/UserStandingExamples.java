package dev.ostiary.conformance.contract;

/** The tags UserRisk and UserClassification. */
final class UserStandingExamples implements Examples.Family {

    @Override
    public void say(Examples examples) {
        examples.of("getUserRisk", stock -> Call.on("userId", stock.staged()));
        examples.of("getUserRisk", stock -> Call.on("userId", risky(stock)));
        examples.of(
                "upsertUserRisk",
                stock -> Call.on("userId", stock.staged()).body("{\"riskLevel\":\"HIGH\"}"));
        examples.of(
                "upsertUserRisk",
                stock ->
                        Call.on("userId", stock.staged())
                                .body(
                                        "{\"riskLevel\":\"LOW\",\"riskReason\":\"Seen, and well.\"}"));
        examples.of(
                "upsertUserRisk",
                stock -> Call.on("userId", risky(stock)).body("{\"riskLevel\":\"LOW\"}"));
        examples.of("getUserClassification", stock -> Call.on("userId", stock.staged()));
        examples.of(
                "replaceUserClassification",
                stock -> Call.on("userId", stock.staged()).body("{\"type\":\"LITE\"}"));
    }

    private static String risky(Stock stock) {
        String user = stock.staged();
        stock.http()
                .put("/api/v1/users/" + user + "/risk", "{\"riskLevel\":\"MEDIUM\"}")
                .expect(201);
        return user;
    }
}
