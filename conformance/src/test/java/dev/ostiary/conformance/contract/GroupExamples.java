package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

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
        members(examples);
        examples.isNoId("fileName");
        examples.answers("getGroupLogo", "image/png");
        examples.of("getGroupLogo", stock -> Call.on("fileName", "okta-medium.png"));
        resources(examples);
        owners(examples);
    }

    private static void owners(Examples examples) {
        examples.of("listGroupOwners", stock -> Call.on("groupId", Owned.in(stock).group()));
        examples.of(
                "listGroupOwners",
                stock ->
                        Call.on("groupId", Owned.in(stock).group())
                                .query("search=type%20eq%20%22USER%22&limit=1"));
        examples.of(
                "assignGroupOwner",
                stock -> Call.on("groupId", stock.group()).body(owner(stock.staged(), "USER")));
        examples.of(
                "assignGroupOwner",
                stock -> Call.on("groupId", stock.group()).body(owner(stock.group(), "GROUP")));
        examples.of(
                "deleteGroupOwner",
                stock -> {
                    Owned owned = Owned.in(stock);
                    return Call.on("groupId", owned.group()).and("ownerId", owned.owner());
                });
    }

    /** A group and a user who owns it. */
    private record Owned(String group, String owner) {
        static Owned in(Stock stock) {
            Owned owned = new Owned(stock.group(), stock.staged());
            stock.http()
                    .post(
                            "/api/v1/groups/" + owned.group() + "/owners",
                            GroupExamples.owner(owned.owner(), "USER"))
                    .expect(201);
            return owned;
        }
    }

    private static ObjectNode owner(String id, String type) {
        return Json.object().put("id", id).put("type", type);
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
        examples.of("listUserClients", stock -> Call.on("userId", stock.staged()));
        examples.of("listUserDevices", stock -> Call.on("userId", stock.staged()));
    }
}
