package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import java.nio.charset.StandardCharsets;

/** The tags OrgSettingGeneral, …Contact, …Customization, …Communication, …Support, …Admin. */
final class OrgSettingExamples implements Examples.Family {

    private static final String TYPE = "contactType";
    private static final String AERIAL = "/api/v1/org/privacy/aerial";
    private static final String ACCOUNT = "{\"accountId\":\"0200bs0617vvhv2v675mch1cukp\"}";

    @Override
    public void say(Examples examples) {
        examples.isNoId(TYPE);
        examples.of("getOrgSettings", stock -> Call.plain());
        examples.of(
                "updateOrgSettings",
                stock -> Call.plain().body(Json.object().put("companyName", stock.name())));
        examples.of(
                "replaceOrgSettings",
                stock ->
                        Call.plain()
                                .body(
                                        Json.object()
                                                .put("companyName", stock.name())
                                                .put("website", "https://example.com")));
        examples.of("listOrgContactTypes", stock -> Call.plain());
        examples.of("getOrgContactUser", stock -> Call.on(TYPE, "billing"));
        examples.of("getOrgContactUser", stock -> Call.on(TYPE, "TECHNICAL"));
        examples.of(
                "replaceOrgContactUser",
                stock ->
                        Call.on(TYPE, "BILLING").body(Json.object().put("userId", stock.staged())));
        for (String plain :
                new String[] {
                    "getOrgPreferences",
                    "setOrgHideOktaUIFooter",
                    "setOrgShowOktaUIFooter",
                    "getOktaCommunicationSettings",
                    "optOutUsersFromOktaCommunicationEmails",
                    "optInUsersToOktaCommunicationEmails",
                    "getOrgOktaSupportSettings",
                    "listOktaSupportCases",
                    "grantOktaSupport",
                    "extendOktaSupport",
                    "revokeOktaSupport",
                    "getThirdPartyAdminSetting",
                    "getAutoAssignAdminAppSetting",
                    "getClientPrivilegesSetting"
                }) {
            examples.of(plain, stock -> Call.plain());
        }
        support(examples);
        aerial(examples);
        switched(examples, "updateThirdPartyAdminSetting", "thirdPartyAdmin");
        switched(examples, "updateAutoAssignAdminAppSetting", "autoAssignAdminAppSetting");
        switched(examples, "assignClientPrivilegesSetting", "clientPrivilegesSetting");
    }

    private static void support(Examples examples) {
        examples.of(
                "createOstiarySupportCase",
                stock ->
                        Call.plain()
                                .body("{\"subject\":\"Sign-in is slow\",\"requestsAccess\":true}"));
        examples.of(
                "updateOktaSupportCase",
                stock ->
                        Call.on("caseNumber", supportCase(stock))
                                .body("{\"impersonation\":{\"status\":\"ENABLED\"}}"));
        examples.of(
                "updateOktaSupportCase",
                stock -> {
                    String number = supportCase(stock);
                    stock.http()
                            .with("Content-Type", "application/json")
                            .send(
                                    "PATCH",
                                    "/api/v1/org/privacy/oktaSupport/cases/" + number,
                                    "{\"impersonation\":{\"status\":\"ENABLED\"}}"
                                            .getBytes(StandardCharsets.UTF_8))
                            .expect(200);
                    return Call.on("caseNumber", number)
                            .body("{\"impersonation\":{\"expiration\":\"2099-01-01T00:00:00Z\"}}");
                });
        examples.of("closeOstiarySupportCase", stock -> Call.on("caseNumber", supportCase(stock)));
    }

    /** An org has few at a time: the older ones are closed. */
    private static String supportCase(Stock stock) {
        stock.http()
                .get("/api/v1/org/privacy/oktaSupport/cases")
                .expect(200)
                .json()
                .get("supportCases")
                .forEach(
                        old ->
                                stock.http()
                                        .delete(
                                                "/ostiary/v1/supportCases/"
                                                        + old.get("caseNumber").asString())
                                        .expect(204));
        return stock.http()
                .post("/ostiary/v1/supportCases", "{\"subject\":\"Sign-in is slow\"}")
                .expect(201)
                .text("caseNumber");
    }

    private static void aerial(Examples examples) {
        examples.of(
                "getAerialConsent",
                stock -> {
                    unconsented(stock);
                    stock.http().post(AERIAL + "/grant", ACCOUNT).expect(200);
                    return Call.plain();
                });
        examples.of(
                "grantAerialConsent",
                stock -> {
                    unconsented(stock);
                    return Call.plain().body(ACCOUNT);
                });
        examples.of(
                "revokeAerialConsent",
                stock -> {
                    unconsented(stock);
                    stock.http().post(AERIAL + "/grant", ACCOUNT).expect(200);
                    return Call.plain().body(ACCOUNT);
                });
    }

    private static void unconsented(Stock stock) {
        stock.http().post(AERIAL + "/revoke", ACCOUNT);
    }

    private static void switched(Examples examples, String operation, String field) {
        for (boolean on : new boolean[] {true, false}) {
            examples.of(operation, stock -> Call.plain().body(Json.object().put(field, on)));
        }
    }
}
