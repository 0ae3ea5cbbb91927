package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Directory;
import tools.jackson.databind.node.ObjectNode;

/** The tags User, UserLifecycle and UserCred. */
final class UserExamples implements Examples.Family {

    private static final String OLD_PASSWORD = "{\"value\":\"" + Directory.PASSWORD + "\"}";
    private static final String ANSWER =
            "{\"password\":{\"value\":\"N3xt-one-please\"},\"recovery_question\":{\"answer\":\"Baltic\"}}";

    @Override
    public void say(Examples examples) {
        users(examples);
        lifecycle(examples);
        credentials(examples);
    }

    private static void users(Examples examples) {
        examples.of(
                "createUser",
                stock ->
                        Call.plain().query("activate=true").body(Directory.newUser(stock.login())));
        examples.of("createUser", stock -> Call.plain().query("activate=true").body(full(stock)));
        examples.of("getUser", stock -> Call.on("id", stock.active()));
        examples.of("getUser", stock -> Call.on("id", "me"));
        examples.of("getUser", stock -> Call.on("id", stock.invited()));
        examples.of("getUser", stock -> Call.on("id", stock.org().adminLogin()));
        examples.of("getUser", stock -> Call.on("id", stock.active()).query("expand=blocks"));
        examples.of("listUsers", stock -> Call.plain());
        examples.of("listUsers", stock -> Call.plain().query("fields=status,profile:(firstName)"));
        examples.of(
                "listUsers",
                stock -> Call.plain().query("search=status%20eq%20%22ACTIVE%22&limit=1"));
        examples.of(
                "updateUser",
                stock -> Call.on("id", stock.staged()).body("{\"profile\":{\"nickName\":\"Bo\"}}"));
        examples.of(
                "replaceUser",
                stock -> Call.on("id", stock.staged()).body(Directory.newUser(stock.login())));
        examples.of("deleteUser", stock -> Call.on("id", stock.staged()));
        examples.of("revokeUserSessions", stock -> Call.on("userId", stock.active()));
        examples.of(
                "globalTokenRevocation",
                stock ->
                        Call.plain()
                                .body(
                                        "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"%s\"}}"
                                                .formatted(stock.active())));
        examples.of("listUserBlocks", stock -> Call.on("id", stock.staged()));
    }

    /** Every property that a client may set. */
    private static ObjectNode full(Stock stock) {
        ObjectNode full = Directory.newUserWithPassword(stock.login());
        ((ObjectNode) full.get("profile"))
                .put("secondEmail", "second@example.com")
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
        full.putArray("groupIds").add(stock.group());
        return full;
    }

    private static void lifecycle(Examples examples) {
        examples.of(
                "activateUser", stock -> Call.on("id", stock.staged()).query("sendEmail=false"));
        examples.of("activateUser", stock -> Call.on("id", stock.staged()));
        examples.of(
                "reactivateUser", stock -> Call.on("id", stock.invited()).query("sendEmail=false"));
        examples.of("deactivateUser", stock -> Call.on("id", stock.invited()));
        examples.of("suspendUser", stock -> Call.on("id", stock.active()));
        examples.of(
                "unsuspendUser",
                stock -> {
                    String user = stock.active();
                    stock.http().post("/api/v1/users/" + user + "/lifecycle/suspend").expect(200);
                    return Call.on("id", user);
                });
        examples.refused(
                "unlockUser",
                403,
                "E0000032",
                "somebody who fails to sign in is locked out",
                stock -> Call.on("id", stock.active()));
        examples.of("resetFactors", stock -> Call.on("id", stock.active()));
    }

    private static void credentials(Examples examples) {
        examples.of(
                "changePassword",
                stock ->
                        Call.on("userId", stock.active())
                                .body(
                                        "{\"oldPassword\":"
                                                + OLD_PASSWORD
                                                + ",\"newPassword\":{\"value\":\"N3xt-one-please\"}}"));
        examples.of(
                "changeRecoveryQuestion",
                stock ->
                        Call.on("userId", stock.active())
                                .body(
                                        "{\"password\":"
                                                + OLD_PASSWORD
                                                + ",\"recovery_question\":{\"question\":\"Which sea?\",\"answer\":\"Baltic\"}}"));
        examples.of(
                "forgotPassword",
                stock -> Call.on("userId", stock.active()).query("sendEmail=false"));
        examples.of(
                "forgotPasswordSetNewPassword",
                stock -> Call.on("userId", stock.recoverable()).body(ANSWER));
        examples.of("forgotPassword", stock -> Call.on("userId", stock.recoverable()).body(ANSWER));
        examples.of("expirePassword", stock -> Call.on("id", stock.active()));
        examples.of(
                "expirePassword",
                stock -> Call.on("id", stock.active()).query("tempPassword=true"));
        examples.of("expirePasswordWithTempPassword", stock -> Call.on("id", stock.active()));
        examples.of(
                "resetPassword", stock -> Call.on("id", stock.active()).query("sendEmail=false"));
        examples.of("resetPassword", stock -> Call.on("id", stock.active()));
    }
}
