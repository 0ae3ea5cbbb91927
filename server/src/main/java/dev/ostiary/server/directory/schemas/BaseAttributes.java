package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The attributes that every profile has: 31 of users (Users, "Default Profile Properties"; Schemas,
 * "User Profile base subschema") and two of groups ("Group Profile base subschema").
 */
final class BaseAttributes {

    /** What a user is called in an app. */
    static final String USER_NAME = "userName";

    private BaseAttributes() {}

    /** Definitions by name, in the order in which profiles are written. */
    static Map<String, ObjectNode> ofUsers() {
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        all.put("login", bounded(required("Username"), 5, 100, "READ_ONLY"));
        all.put("firstName", bounded(required("First name"), 1, 50, "READ_WRITE"));
        all.put("lastName", bounded(required("Last name"), 1, 50, "READ_WRITE"));
        all.put("middleName", writable("Middle name"));
        all.put("honorificPrefix", writable("Honorific prefix"));
        all.put("honorificSuffix", writable("Honorific suffix"));
        all.put(
                "email",
                bounded(formatted(required("Primary email"), "email"), 5, 100, "READ_WRITE"));
        all.put("title", writable("Title"));
        all.put("displayName", writable("Display name"));
        all.put("nickName", writable("Nickname"));
        all.put("profileUrl", ended(formatted(text("Profile Url"), "uri"), "READ_WRITE"));
        all.put(
                "secondEmail",
                bounded(formatted(text("Secondary email"), "email"), 5, 100, "READ_WRITE"));
        all.put("mobilePhone", longest("Mobile phone", 100));
        all.put("primaryPhone", longest("Primary phone", 100));
        all.put("streetAddress", longest("Street address", 1024));
        all.put("city", longest("City", 128));
        all.put("state", longest("State", 128));
        all.put("zipCode", longest("Zip code", 50));
        all.put("countryCode", formatted("Country code", "country-code", 2));
        all.put("postalAddress", longest("Postal Address", 4096));
        all.put("preferredLanguage", formatted("Preferred language", "language-code", 100));
        all.put("locale", formatted("Locale", "locale", 100));
        all.put("timezone", formatted("Time zone", "timezone", 100));
        all.put("userType", readOnly("User type"));
        all.put("employeeNumber", readOnly("Employee number"));
        all.put("costCenter", readOnly("Cost center"));
        all.put("organization", readOnly("Organization"));
        all.put("division", readOnly("Division"));
        all.put("department", readOnly("Department"));
        all.put("managerId", readOnly("ManagerId"));
        all.put("manager", readOnly("Manager"));
        return all;
    }

    /** As {@link #ofUsers}. */
    static Map<String, ObjectNode> ofGroups() {
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        all.put("name", ended(described(required("Name")).put("maxLength", 255), "READ_WRITE"));
        all.put(
                "description",
                ended(described(text("Description")).put("maxLength", 1024), "READ_WRITE"));
        return all;
    }

    /**
     * As {@link #ofUsers}, of users in apps (Schema, "App user schema"). The name stands among an
     * app user's credentials, not in its profile.
     */
    static Map<String, ObjectNode> ofAppUsers() {
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        all.put(USER_NAME, ofApps(required("Username").put("maxLength", 100)));
        all.put("name", ofApps(text("Name").put("description", "The whole name of the user")));
        all.put("email", ofApps(text("Email").put("description", "Where the user gets mail")));
        return all;
    }

    /**
     * As {@link #ofAppUsers}, of users of identity sources (IdentitySource, schema {@code
     * IdentitySourceUserProfileForUpsert}).
     */
    static Map<String, ObjectNode> ofSourceUsers() {
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        all.put(USER_NAME, ofApps(required("Username").put("maxLength", 100)));
        all.put("firstName", ofSources("First name", 1, 50));
        all.put("lastName", ofSources("Last name", 1, 50));
        all.put("email", ofSources("Email", 5, 100).put("format", "email"));
        all.put("secondEmail", ofSources("Second email", 5, 100).put("format", "email"));
        all.put("mobilePhone", ofApps(text("Mobile phone").put("maxLength", 100)));
        all.put("homeAddress", ofApps(text("Home address").put("maxLength", 4096)));
        return all;
    }

    private static ObjectNode ofSources(String title, int least, int most) {
        return ofApps(text(title).put("minLength", least).put("maxLength", most));
    }

    private static ObjectNode ofApps(ObjectNode definition) {
        return ended(definition, "READ_ONLY").put("scope", "SELF");
    }

    private static ObjectNode text(String title) {
        return Json.object().put("title", title).put("type", "string");
    }

    private static ObjectNode required(String title) {
        return text(title).put("required", true);
    }

    private static ObjectNode described(ObjectNode definition) {
        return definition.put("description", definition.path("title").asString());
    }

    private static ObjectNode formatted(ObjectNode definition, String format) {
        return definition.put("format", format);
    }

    private static ObjectNode formatted(String title, String format, int longest) {
        return ended(formatted(text(title), format).put("maxLength", longest), "READ_WRITE");
    }

    private static ObjectNode longest(String title, int characters) {
        return ended(text(title).put("maxLength", characters), "READ_WRITE");
    }

    private static ObjectNode bounded(ObjectNode definition, int least, int most, String self) {
        return ended(definition.put("minLength", least).put("maxLength", most), self);
    }

    private static ObjectNode writable(String title) {
        return ended(text(title), "READ_WRITE");
    }

    private static ObjectNode readOnly(String title) {
        return ended(text(title), "READ_ONLY");
    }

    /** What all of them say. */
    private static ObjectNode ended(ObjectNode definition, String self) {
        definition.put("mutability", "READ_WRITE").put("scope", "NONE");
        definition.putArray("permissions").addObject().put("principal", "SELF").put("action", self);
        definition.putObject("master").put("type", "PROFILE_MASTER");
        return definition;
    }
}
