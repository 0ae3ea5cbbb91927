package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** Federated claims, connections of Cross App Access, and apps that trust others. */
final class AppTrustExamples implements Examples.Family {

    private static final String APP = "appId";
    private static final String CLAIM = "{\"name\":\"role\",\"expression\":\"appuser.userName\"}";

    @Override
    public void say(Examples examples) {
        claims(examples);
        connections(examples);
        trusts(examples);
    }

    private static void claims(Examples examples) {
        examples.of("listFederatedClaims", stock -> Call.on(APP, claim(stock).app()));
        examples.of(
                "createFederatedClaim",
                stock -> Call.on(APP, AppExamples.client(stock)).body(CLAIM));
        examples.of("getFederatedClaim", stock -> onClaim(stock));
        examples.of("replaceFederatedClaim", stock -> onClaim(stock).body(CLAIM));
        examples.of("deleteFederatedClaim", stock -> onClaim(stock));
    }

    private record OfApp(String app, String id) {}

    private static OfApp claim(Stock stock) {
        String app = AppExamples.client(stock);
        return new OfApp(
                app,
                stock.http()
                        .post(AppExamples.APPS + "/" + app + "/federated-claims", CLAIM)
                        .expect(201)
                        .text("id"));
    }

    private static Call onClaim(Stock stock) {
        OfApp claim = claim(stock);
        return Call.on(APP, claim.app()).and("claimId", claim.id());
    }

    private static void connections(Examples examples) {
        examples.of(
                "getAllCrossAppAccessConnections",
                stock -> Call.on(APP, connection(stock).app()).query("limit=1"));
        examples.of(
                "getAllCrossAppAccessConnections",
                stock -> {
                    OfApp made = connection(stock);
                    return Call.on(APP, made.app())
                            .query(
                                    "limit=-1&status=ACTIVE&activeAppsOnly=true&requestingAppId="
                                            + made.app()
                                            + "&resourceAppId="
                                            + made.app()
                                            + "&requestingAppName=stock&resourceAppName=stock");
                });
        examples.of(
                "createCrossAppAccessConnection",
                stock -> {
                    String app = AppExamples.client(stock);
                    return Call.on(APP, app).body(wanted(app, AppExamples.client(stock)));
                });
        examples.of("getCrossAppAccessConnection", stock -> onConnection(stock));
        examples.of(
                "updateCrossAppAccessConnection",
                stock -> onConnection(stock).body("{\"status\":\"INACTIVE\"}"));
        examples.of("deleteCrossAppAccessConnection", stock -> onConnection(stock));
    }

    private static ObjectNode wanted(String requesting, String resource) {
        return Json.object()
                .put("requestingAppInstanceId", requesting)
                .put("resourceAppInstanceId", resource)
                .put("status", "ACTIVE");
    }

    private static OfApp connection(Stock stock) {
        String app = AppExamples.client(stock);
        return new OfApp(
                app,
                stock.http()
                        .post(
                                AppExamples.APPS + "/" + app + "/cwo/connections",
                                wanted(app, AppExamples.client(stock)))
                        .expect(201)
                        .text("id"));
    }

    private static Call onConnection(Stock stock) {
        OfApp made = connection(stock);
        return Call.on(APP, made.app()).and("connectionId", made.id());
    }

    private static void trusts(Examples examples) {
        examples.of(
                "listInterclientAllowedApplications", stock -> Call.on(APP, trust(stock).app()));
        examples.of("listInterclientTargetApplications", stock -> Call.on(APP, trust(stock).id()));
        examples.of(
                "createInterclientTrustMapping",
                stock ->
                        Call.on(APP, AppExamples.client(stock))
                                .body(Json.object().put("id", AppExamples.client(stock))));
        examples.of(
                "deleteInterclientTrustMapping",
                stock -> {
                    OfApp trust = trust(stock);
                    return Call.on(APP, trust.app()).and("allowedAppId", trust.id());
                });
    }

    private static OfApp trust(Stock stock) {
        String app = AppExamples.client(stock);
        String allowed = AppExamples.client(stock);
        stock.http()
                .post(
                        AppExamples.APPS + "/" + app + "/interclient-allowed-apps",
                        Json.object().put("id", allowed))
                .expect(201);
        return new OfApp(app, allowed);
    }
}
