package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The server's own operations, and what anyone may ask. */
final class ServerExamples implements Examples.Family {

    @Override
    public void say(Examples examples) {
        examples.of("getOstiaryOpenApi", stock -> Call.plain());
        examples.of("getHealthReady", stock -> Call.plain());
        examples.of("getHealthLive", stock -> Call.plain());
        examples.of("getWellknownOrgMetadata", stock -> Call.plain());
        examples.of(
                "createChildOrg", stock -> Call.plain().body(withPassword(child(stock.name()))));
        examples.of("createChildOrg", stock -> Call.plain().body(child(stock.name())));
        for (String read :
                new String[] {
                    "getOrgBySubdomain", "listOrgContactsBySubdomain", "getOrgPolicyBySubdomain"
                }) {
            examples.of(read, stock -> Call.on("subdomain", subdomain(stock)));
        }
        orgs(examples);
        examples.of("listOstiaryOutbox", stock -> Call.plain());
        examples.of("getOstiaryOutboxMail", stock -> Call.on("mailId", mail(stock)));
    }

    private static void orgs(Examples examples) {
        examples.ofTheServer("listOstiaryOrgs", stock -> Call.plain());
        examples.ofTheServer(
                "createOstiaryOrg",
                stock -> Call.plain().body(Json.object().put("name", stock.name()).put("port", 0)));
        examples.ofTheServer("getOstiaryOrg", stock -> Call.on("orgId", org(stock)));
        examples.ofTheServer("getOstiaryOrgSettings", stock -> Call.on("orgId", org(stock)));
        examples.ofTheServer(
                "replaceOstiaryOrgSettings",
                stock -> Call.on("orgId", org(stock)).body("{\"strict\":false}"));
        examples.ofTheServer("getOstiaryOrgRateLimits", stock -> Call.on("orgId", org(stock)));
        examples.ofTheServer(
                "replaceOstiaryOrgRateLimits",
                stock -> Call.on("orgId", org(stock)).body("{\"profile\":\"developer\"}"));
        examples.refused(
                "moveOstiaryClock",
                403,
                "E0000006",
                "the org is there to be tested with: ClockTest's is",
                stock -> Call.plain().body("{\"advance\":\"PT1H\"}"));
        examples.ofTheServer("deleteOstiaryOrg", stock -> Call.on("orgId", org(stock)));
    }

    private static String subdomain(Stock stock) {
        return stock.http().get("/api/v1/org").expect(200).text("subdomain");
    }

    private static ObjectNode child(String name) {
        ObjectNode child =
                Json.object()
                        .put("subdomain", name)
                        .put("name", "The org " + name)
                        .put("website", "https://" + name + ".example")
                        .put("edition", "SKU");
        child.putObject("admin")
                .putObject("profile")
                .put("firstName", "Ada")
                .put("lastName", "Admin")
                .put("email", "ada@" + name + ".example")
                .put("login", "ada@" + name + ".example")
                .putNull("mobilePhone");
        return child;
    }

    private static ObjectNode withPassword(ObjectNode child) {
        child.withObject("/admin/credentials/password").put("value", Directory.PASSWORD);
        return child;
    }

    private static String org(Stock stock) {
        return stock.http()
                .post("/ostiary/v1/orgs", Json.object().put("name", stock.name()))
                .expect(201)
                .text("id");
    }

    private static String mail(Stock stock) {
        stock.invited();
        return stock.http()
                .get("/ostiary/v1/outbox?limit=1")
                .expect(200)
                .json()
                .path(0)
                .path("id")
                .asString();
    }
}
