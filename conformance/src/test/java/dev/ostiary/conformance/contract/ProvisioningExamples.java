package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import java.nio.charset.StandardCharsets;

/** Provisioning connections, features, groups that are pushed; and schemas of log streams. */
final class ProvisioningExamples implements Examples.Family {

    private static final String APP = "appId";
    private static final String FEATURE = "featureName";
    private static final String TOKEN =
            "{\"profile\":{\"authScheme\":\"TOKEN\",\"token\":\"00token\"}}";

    @Override
    public void say(Examples examples) {
        connections(examples);
        features(examples);
        mappings(examples);
        examples.of("listLogStreamSchemas", stock -> Call.plain());
        examples.isNoId("logStreamType");
        examples.of("getLogStreamSchema", stock -> Call.on("logStreamType", "aws_eventbridge"));
        examples.of(
                "getLogStreamSchema",
                stock -> Call.on("logStreamType", "splunk_cloud_logstreaming"));
    }

    private static void connections(Examples examples) {
        examples.of(
                "getDefaultProvisioningConnectionForApplication",
                stock -> Call.on(APP, connected(stock)));
        examples.of(
                "getDefaultProvisioningConnectionForApplication",
                stock -> Call.on(APP, AppExamples.client(stock)));
        examples.of(
                "updateDefaultProvisioningConnectionForApplication",
                stock -> Call.on(APP, app(stock)).query("activate=true").body(TOKEN));
        examples.of(
                "updateDefaultProvisioningConnectionForApplication",
                stock ->
                        Call.on(APP, app(stock))
                                .body(
                                        """
                                        {"profile":{"authScheme":"OAUTH2","clientId":"0oa1",
                                         "signing":{"rotationMode":"AUTO"}}}"""));
        examples.of(
                "activateDefaultProvisioningConnectionForApplication",
                stock -> Call.on(APP, connected(stock)));
        examples.of(
                "deactivateDefaultProvisioningConnectionForApplication",
                stock -> Call.on(APP, connected(stock)));
        examples.of("getUserProvisioningConnectionJWKS", stock -> Call.on(APP, connected(stock)));
    }

    private static void features(Examples examples) {
        examples.isNoId(FEATURE);
        examples.of("listFeaturesForApplication", stock -> Call.on(APP, connected(stock)));
        examples.of(
                "getFeatureForApplication",
                stock -> Call.on(APP, connected(stock)).and(FEATURE, "USER_PROVISIONING"));
        examples.of(
                "updateFeatureForApplication",
                stock ->
                        Call.on(APP, connected(stock))
                                .and(FEATURE, "USER_PROVISIONING")
                                .body(
                                        """
                                        {"create":{"lifecycleCreate":{"status":"ENABLED"}},
                                         "update":{"password":{"status":"ENABLED","seed":"OKTA"}}}"""));
        examples.of(
                "updateFeatureForApplication",
                stock ->
                        Call.on(APP, connected(stock))
                                .and(FEATURE, "INBOUND_PROVISIONING")
                                .body(
                                        """
                                        {"importSettings":{"username":{"usernameFormat":"EMAIL"},
                                          "schedule":{"status":"DISABLED"}},
                                         "importRules":{"userCreateAndMatch":{
                                          "exactMatchCriteria":"EMAIL"}}}"""));
    }

    private static void mappings(Examples examples) {
        examples.of(
                "listGroupPushMappings",
                stock -> {
                    Pushed pushed = pushed(stock);
                    return Call.on(APP, pushed.app())
                            .query(
                                    "limit=1&status=ACTIVE&lastUpdated=2020-01-01T00:00:00Z"
                                            + "&sourceGroupId="
                                            + pushed.group());
                });
        examples.of(
                "createGroupPushMapping",
                stock -> Call.on(APP, app(stock)).body(mapping(stock.group(), stock.name())));
        examples.of("getGroupPushMapping", stock -> pushed(stock).call());
        examples.of(
                "updateGroupPushMapping",
                stock -> pushed(stock).call().body("{\"status\":\"INACTIVE\"}"));
        examples.of(
                "deleteGroupPushMapping",
                stock -> {
                    Pushed pushed = pushed(stock);
                    stock.http()
                            .with("Content-Type", "application/json")
                            .send(
                                    "PATCH",
                                    pushed.path(),
                                    "{\"status\":\"INACTIVE\"}".getBytes(StandardCharsets.UTF_8))
                            .expect(200);
                    return pushed.call().query("deleteTargetGroup=true");
                });
    }

    private static String mapping(String group, String target) {
        return Json.text(Json.object().put("sourceGroupId", group).put("targetGroupName", target));
    }

    /** A group that is pushed to an app. */
    record Pushed(String app, String group, String id) {

        String path() {
            return AppExamples.APPS + "/" + app + "/group-push/mappings/" + id;
        }

        Call call() {
            return Call.on(APP, app).and("mappingId", id);
        }
    }

    static Pushed pushed(Stock stock) {
        String app = app(stock);
        String group = stock.group();
        String id =
                stock.http()
                        .post(
                                AppExamples.APPS + "/" + app + "/group-push/mappings",
                                mapping(group, stock.name()))
                        .expect(201)
                        .text("id");
        return new Pushed(app, group, id);
    }

    /** An app that can be provisioned. */
    private static String app(Stock stock) {
        return AppExamples.make(stock, AppExamples.catalogue());
    }

    private static String connected(Stock stock) {
        String app = app(stock);
        stock.http()
                .post(AppExamples.APPS + "/" + app + "/connections/default?activate=true", TOKEN)
                .expect(200);
        return app;
    }
}
