package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;

/** The tags OrgSettingGeneral, …Contact, …Customization, …Communication, …Support, …Admin. */
final class OrgSettingExamples implements Examples.Family {

    private static final String TYPE = "contactType";

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
                    "getThirdPartyAdminSetting",
                    "getAutoAssignAdminAppSetting",
                    "getClientPrivilegesSetting"
                }) {
            examples.of(plain, stock -> Call.plain());
        }
        switched(examples, "updateThirdPartyAdminSetting", "thirdPartyAdmin");
        switched(examples, "updateAutoAssignAdminAppSetting", "autoAssignAdminAppSetting");
        switched(examples, "assignClientPrivilegesSetting", "clientPrivilegesSetting");
    }

    private static void switched(Examples examples, String operation, String field) {
        for (boolean on : new boolean[] {true, false}) {
            examples.of(operation, stock -> Call.plain().body(Json.object().put(field, on)));
        }
    }
}
