package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One visit to every bound operation, with success, on objects that have something in them. Whoever
 * binds one adds a stop.
 */
final class Tour {

    private final Org org;
    private final Http http;
    private final List<Stop> stops = new ArrayList<>();

    /** An operation and what it answered. */
    record Stop(String operationId, Answer answer) {}

    Tour(Org org) {
        this.org = org;
        this.http = org.http();
    }

    /** Goes all the way. */
    List<Stop> stops() {
        String user = users();
        lifecycle();
        credentials();
        String group = groups(user);
        tokens();
        zones();
        origins();
        domains();
        stop("listLogEvents", http.get("/api/v1/logs?limit=1000"));
        stop(
                "listLogEvents",
                http.get(
                        "/api/v1/logs?limit=100&sortOrder=DESCENDING&filter=eventType%20sw%20%22user%22"));
        stop("listEvents", http.get("/api/v1/events?limit=100"));
        stop("deleteGroup", http.delete("/api/v1/groups/" + group));
        errors();
        return List.copyOf(stops);
    }

    private String users() {
        ObjectNode full = Directory.newUserWithPassword("tour@example.com");
        ((ObjectNode) full.get("profile"))
                .put("secondEmail", "tour-2@example.com")
                .put("mobilePhone", "+1-555-415-1337")
                .put("preferredLanguage", "en-US")
                .put("locale", "en_US")
                .put("timezone", "America/Los_Angeles")
                .put("countryCode", "US")
                .put("profileUrl", "https://example.com/tour");
        ((ObjectNode) full.get("credentials"))
                .putObject("recovery_question")
                .put("question", "Which sea?")
                .put("answer", "Baltic");
        Answer made = stop("createUser", http.post("/api/v1/users?activate=true", full));
        String user = "/api/v1/users/" + made.text("id");
        stop("getUser", http.get(user));
        stop("getUser", http.get("/api/v1/users/me"));
        stop("listUsers", http.get("/api/v1/users"));
        stop("listUsers", http.get("/api/v1/users?search=status%20eq%20%22ACTIVE%22&limit=1"));
        stop("updateUser", http.post(user, "{\"profile\":{\"nickName\":\"T\"}}"));
        stop("replaceUser", http.put(user, Directory.newUser("tour@example.com")));
        stop("listAppLinks", http.get(user + "/appLinks"));
        stop("listUserBlocks", http.get(user + "/blocks"));
        stop("listUserGroups", http.get(user + "/groups"));
        stop("listUserClients", http.get(user + "/clients"));
        stop("listUserDevices", http.get(user + "/devices"));
        return made.text("id");
    }

    private void lifecycle() {
        Directory directory = new Directory(org);
        String staged =
                "/api/v1/users/" + Directory.id(directory.staged("tour-staged@example.com"));
        stop("activateUser", http.post(staged + "/lifecycle/activate?sendEmail=false"));
        stop("reactivateUser", http.post(staged + "/lifecycle/reactivate?sendEmail=false"));
        String active =
                "/api/v1/users/" + Directory.id(directory.active("tour-active@example.com"));
        stop("suspendUser", http.post(active + "/lifecycle/suspend"));
        stop("getUser", http.get(active));
        stop("unsuspendUser", http.post(active + "/lifecycle/unsuspend"));
        stop("resetFactors", http.post(active + "/lifecycle/reset_factors"));
        stop("deactivateUser", http.post(active + "/lifecycle/deactivate"));
        stop("getUser", http.get(active));
        stop("deleteUser", http.delete(active));
    }

    private void credentials() {
        Directory directory = new Directory(org);
        String user = "/api/v1/users/" + Directory.id(directory.active("tour-secrets@example.com"));
        Answer question =
                http.post(
                        user + "/credentials/change_recovery_question",
                        "{\"password\":{\"value\":\""
                                + Directory.PASSWORD
                                + "\"},\"recovery_question\":{\"question\":\"Which sea?\",\"answer\":\"Baltic\"}}");
        stop("changeRecoveryQuestion", question);
        stop(
                "changePassword",
                http.post(
                        user + "/credentials/change_password",
                        "{\"oldPassword\":{\"value\":\""
                                + Directory.PASSWORD
                                + "\"},\"newPassword\":{\"value\":\"N3xt-one-please\"}}"));
        stop(
                "forgotPasswordSetNewPassword",
                http.post(
                        user + "/credentials/forgot_password_recovery_question",
                        "{\"password\":{\"value\":\"Y3t-another-one\"},\"recovery_question\":{\"answer\":\"Baltic\"}}"));
        stop("expirePassword", http.post(user + "/lifecycle/expire_password"));
        stop(
                "expirePasswordWithTempPassword",
                http.post(user + "/lifecycle/expire_password_with_temp_password"));
        String other = "/api/v1/users/" + Directory.id(directory.active("tour-resets@example.com"));
        stop("forgotPassword", http.post(other + "/credentials/forgot_password?sendEmail=false"));
        stop("resetPassword", http.post(other + "/lifecycle/reset_password?sendEmail=false"));
    }

    private String groups(String user) {
        Answer made = stop("addGroup", http.post("/api/v1/groups", Directory.newGroup("Tour")));
        String group = "/api/v1/groups/" + made.text("id");
        stop("assignUserToGroup", http.put(group + "/users/" + user));
        stop("getGroup", http.get(group));
        stop("listGroups", http.get("/api/v1/groups"));
        stop("listGroups", http.get("/api/v1/groups?expand=stats"));
        stop("replaceGroup", http.put(group, Directory.newGroup("Tour of groups")));
        stop("listGroupUsers", http.get(group + "/users"));
        stop("listAssignedApplicationsForGroup", http.get(group + "/apps"));
        stop("unassignUserFromGroup", http.delete(group + "/users/" + user));
        return made.text("id");
    }

    private void tokens() {
        String text = BoundOperations.spareToken(org);
        Answer all = stop("listApiTokens", http.get("/api/v1/api-tokens"));
        String id =
                Json.list(all.json()).stream()
                        .filter(token -> token.path("name").asString("").equals("spare"))
                        .map(Directory::id)
                        .findFirst()
                        .orElseThrow();
        stop("getApiToken", http.get("/api/v1/api-tokens/" + id));
        stop(
                "upsertApiToken",
                http.put(
                        "/api/v1/api-tokens/" + id,
                        "{\"name\":\"spare\",\"network\":{\"connection\":\"ANYWHERE\"}}"));
        stop(
                "revokeCurrentApiToken",
                org.nobody().token(text).delete("/api/v1/api-tokens/current"));
        BoundOperations.spareToken(org);
    }

    private void zones() {
        stop("listNetworkZones", http.get("/api/v1/zones"));
        Answer made =
                stop(
                        "createNetworkZone",
                        http.post(
                                "/api/v1/zones",
                                "{\"type\":\"IP\",\"name\":\"Tour\",\"proxies\":null,\"gateways\":"
                                        + "[{\"type\":\"RANGE\",\"value\":\"198.51.100.1-198.51.100.9\"}]}"));
        String zone = "/api/v1/zones/" + made.text("id");
        stop("getNetworkZone", http.get(zone));
        stop(
                "replaceNetworkZone",
                http.put(
                        zone,
                        "{\"type\":\"IP\",\"name\":\"Tour\",\"usage\":\"BLOCKLIST\",\"gateways\":"
                                + "[{\"type\":\"CIDR\",\"value\":\"2001:db8::/32\"}]}"));
        stop(
                "createNetworkZone",
                http.post(
                        "/api/v1/zones",
                        "{\"type\":\"DYNAMIC\",\"name\":\"Tour of places\",\"proxyType\":\"Any\",\"asns\":[\"23457\"],"
                                + "\"locations\":[{\"country\":\"AF\",\"region\":\"AF-BGL\"},{\"country\":\"AX\",\"region\":null}]}"));
        stop(
                "createNetworkZone",
                http.post(
                        "/api/v1/zones",
                        "{\"type\":\"DYNAMIC_V2\",\"name\":\"Tour of services\",\"usage\":\"BLOCKLIST\",\"asns\":{},"
                                + "\"ipServiceCategories\":{\"include\":[\"ALL_ANONYMIZERS\"],\"exclude\":[]}}"));
        stop("listNetworkZones", http.get("/api/v1/zones?limit=2"));
        stop("deactivateNetworkZone", http.post(zone + "/lifecycle/deactivate"));
        stop("activateNetworkZone", http.post(zone + "/lifecycle/activate"));
        http.post(zone + "/lifecycle/deactivate").expect(200);
        stop("deleteNetworkZone", http.delete(zone));
        stop("getNetworkZone", http.get(zone));
    }

    private void origins() {
        String scopes =
                "\"scopes\":[{\"type\":\"CORS\"},{\"type\":\"IFRAME_EMBED\",\"allowedOktaApps\":[\"OKTA_ENDUSER\"]}]}";
        String body = "{\"name\":\"Tour\",\"origin\":\"https://tour.example\"," + scopes;
        Answer made = stop("createTrustedOrigin", http.post("/api/v1/trustedOrigins", body));
        String origin = "/api/v1/trustedOrigins/" + made.text("id");
        stop("getTrustedOrigin", http.get(origin));
        stop("deactivateTrustedOrigin", http.post(origin + "/lifecycle/deactivate"));
        stop("activateTrustedOrigin", http.post(origin + "/lifecycle/activate"));
        stop("listTrustedOrigins", http.get("/api/v1/trustedOrigins?limit=1"));
        stop(
                "replaceTrustedOrigin",
                http.put(
                        origin,
                        "{\"name\":\"Tour 2\",\"origin\":\"https://tour.example:8443\"," + scopes));
        stop("deleteTrustedOrigin", http.delete(origin));
    }

    private void domains() {
        Answer made =
                stop(
                        "createCustomDomain",
                        http.post(
                                "/api/v1/domains",
                                "{\"domain\":\"login.tour.invalid\",\"certificateSourceType\":\"MANUAL\"}"));
        String domain = "/api/v1/domains/" + made.text("id");
        stop("getCustomDomain", http.get(domain));
        stop("listCustomDomains", http.get("/api/v1/domains"));
        stop("verifyDomain", http.post(domain + "/verify"));
        stop("deleteCustomDomain", http.delete(domain));
    }

    private void errors() {
        stop("getUser", http.get("/api/v1/users/" + BoundOperations.UNKNOWN));
        stop("createUser", http.post("/api/v1/users", "{}"));
        stop("listUsers", org.nobody().get("/api/v1/users"));
        stop("getGroup", http.get("/api/v1/groups/" + BoundOperations.UNKNOWN));
        stop("addGroup", http.post("/api/v1/groups", "{}"));
    }

    private Answer stop(String operationId, Answer answer) {
        stops.add(new Stop(operationId, answer));
        return answer;
    }
}
