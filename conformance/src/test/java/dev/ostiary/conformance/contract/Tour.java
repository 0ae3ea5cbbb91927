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
        rateLimits();
        origins();
        stop("listLogEvents", http.get("/api/v1/logs?limit=1000"));
        stop(
                "listLogEvents",
                http.get(
                        "/api/v1/logs?limit=100&sortOrder=DESCENDING&filter=eventType%20sw%20%22user%22"));
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

    private void rateLimits() {
        BoundOperations.spareToken(org);
        String token = http.get("/api/v1/api-tokens").json().path(0).path("id").asString();
        String limits = "/api/v1/principal-rate-limits";
        ObjectNode share =
                Json.object()
                        .put("principalId", token)
                        .put("principalType", "SSWS_TOKEN")
                        .put("defaultPercentage", 60)
                        .put("defaultConcurrencyPercentage", 70);
        Answer made = stop("createPrincipalRateLimitEntity", http.post(limits, share));
        String limit = limits + "/" + made.text("id");
        stop("getPrincipalRateLimitEntity", http.get(limit));
        stop(
                "replacePrincipalRateLimitEntity",
                http.put(limit, share.put("defaultPercentage", 90)));
        stop(
                "listPrincipalRateLimitEntities",
                http.get(limits + "?filter=principalType%20eq%20%22SSWS_TOKEN%22"));
        String settings = "/api/v1/rate-limit-settings/";
        stop(
                "replaceRateLimitSettingsAdminNotifications",
                http.put(settings + "admin-notifications", "{\"notificationsEnabled\":false}"));
        stop("getRateLimitSettingsAdminNotifications", http.get(settings + "admin-notifications"));
        stop(
                "replaceRateLimitSettingsWarningThreshold",
                http.put(settings + "warning-threshold", "{\"warningThreshold\":66}"));
        stop("getRateLimitSettingsWarningThreshold", http.get(settings + "warning-threshold"));
        stop(
                "replaceRateLimitSettingsPerClient",
                http.put(
                        settings + "per-client",
                        "{\"defaultMode\":\"PREVIEW\",\"useCaseModeOverrides\":{\"LOGIN_PAGE\":\"ENFORCE\"}}"));
        stop("getRateLimitSettingsPerClient", http.get(settings + "per-client"));
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
