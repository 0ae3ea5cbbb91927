package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Directory;

/** The tags Group and UserResources. */
final class GroupExamples implements Examples.Family {

    @Override
    public void say(Examples examples) {
        examples.of("addGroup", stock -> Call.plain().body(Directory.newGroup(stock.name())));
        examples.of("getGroup", stock -> Call.on("groupId", stock.group()));
        examples.of("listGroups", stock -> Call.plain());
        examples.of("listGroups", stock -> Call.plain().query("expand=stats&limit=2"));
        examples.of(
                "replaceGroup",
                stock -> Call.on("groupId", stock.group()).body(Directory.newGroup(stock.name())));
        examples.of("deleteGroup", stock -> Call.on("groupId", stock.group()));
        examples.of("listAssignedApplicationsForGroup", stock -> Call.on("groupId", stock.group()));
        members(examples);
        examples.isNoId("fileName");
        examples.answers("getGroupLogo", "image/png");
        examples.of("getGroupLogo", stock -> Call.on("fileName", "okta-medium.png"));
        resources(examples);
    }

    private static void members(Examples examples) {
        examples.of("listGroupUsers", stock -> Call.on("groupId", populated(stock)));
        examples.of(
                "assignUserToGroup",
                stock -> Call.on("groupId", stock.group()).and("userId", stock.staged()));
        examples.of(
                "unassignUserFromGroup",
                stock -> {
                    String group = stock.group();
                    String user = stock.staged();
                    stock.join(group, user);
                    return Call.on("groupId", group).and("userId", user);
                });
    }

    private static String populated(Stock stock) {
        String group = stock.group();
        stock.join(group, stock.staged());
        return group;
    }

    private static void resources(Examples examples) {
        examples.of("listUserGroups", stock -> Call.on("id", stock.staged()));
        examples.of("listAppLinks", stock -> Call.on("id", stock.staged()));
        examples.of("listUserClients", stock -> Call.on("userId", stock.staged()));
        examples.of("listUserDevices", stock -> Call.on("userId", stock.staged()));
    }
}
