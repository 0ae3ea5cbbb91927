package dev.ostiary.conformance.harness;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users and groups of an org, made in one line where a suite needs them but is about something
 * else.
 */
public final class Directory {

    /** A password that the default policy accepts for every user made here. */
    public static final String PASSWORD = "Tr0ub4dor-and-3";

    private final Http http;

    public Directory(Org org) {
        this(org.http());
    }

    public Directory(Http http) {
        this.http = http;
    }

    /** The body that makes a user with this login, without a password. */
    public static ObjectNode newUser(String login) {
        ObjectNode user = Json.object();
        user.putObject("profile")
                .put("firstName", "Ada")
                .put("lastName", "Lovelace")
                .put("email", login)
                .put("login", login);
        return user;
    }

    /** The body that makes a user with {@link #PASSWORD}. */
    public static ObjectNode newUserWithPassword(String login) {
        ObjectNode user = newUser(login);
        user.putObject("credentials").putObject("password").put("value", PASSWORD);
        return user;
    }

    /** A user in status STAGED. */
    public JsonNode staged(String login) {
        return http.post("/api/v1/users?activate=false", newUser(login)).expect(200).json();
    }

    /** A user in status ACTIVE. */
    public JsonNode active(String login) {
        return http.post("/api/v1/users?activate=true", newUserWithPassword(login))
                .expect(200)
                .json();
    }

    /** A group. */
    public JsonNode group(String name) {
        return http.post("/api/v1/groups", newGroup(name)).expect(200).json();
    }

    /** The body that makes a group. */
    public static ObjectNode newGroup(String name) {
        ObjectNode group = Json.object();
        group.putObject("profile").put("name", name).put("description", "made for " + name);
        return group;
    }

    /** Makes a user a member of a group. */
    public void join(JsonNode group, JsonNode user) {
        http.put("/api/v1/groups/" + id(group) + "/users/" + id(user)).expect(204);
    }

    /** The id of an object. */
    public static String id(JsonNode object) {
        return object.get("id").asString();
    }
}
