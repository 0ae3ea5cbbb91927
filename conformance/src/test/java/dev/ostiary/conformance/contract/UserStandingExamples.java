package dev.ostiary.conformance.contract;

/** The tags UserRisk and UserClassification. */
final class UserStandingExamples implements Examples.Family {

    @Override
    public void say(Examples examples) {
        examples.of("getUserRisk", stock -> Call.on("userId", stock.staged()));
        examples.of("getUserRisk", stock -> Call.on("userId", risky(stock)));
        examples.succeed("upsertUserRisk", 201);
        examples.of(
                "upsertUserRisk",
                stock -> Call.on("userId", stock.staged()).body("{\"riskLevel\":\"HIGH\"}"));
        examples.of(
                "upsertUserRisk",
                stock ->
                        Call.on("userId", stock.staged())
                                .body(
                                        "{\"riskLevel\":\"LOW\",\"riskReason\":\"Seen, and well.\"}"));
        examples.of("getUserClassification", stock -> Call.on("userId", stock.staged()));
        examples.of(
                "replaceUserClassification",
                stock -> Call.on("userId", stock.staged()).body("{\"type\":\"LITE\"}"));
    }

    private static String risky(Stock stock) {
        String user = stock.staged();
        String path = "/api/v1/users/" + user + "/risk";
        stock.http().put(path, "{\"riskLevel\":\"MEDIUM\"}").expect(201);
        stock.http().put(path, "{\"riskLevel\":\"HIGH\"}").expect(200);
        return user;
    }
}
