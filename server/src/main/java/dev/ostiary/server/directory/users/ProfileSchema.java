package dev.ostiary.server.directory.users;

import static dev.ostiary.server.directory.users.ProfileAttribute.Format.ANY;
import static dev.ostiary.server.directory.users.ProfileAttribute.Format.EMAIL;
import static dev.ostiary.server.directory.users.ProfileAttribute.Format.LANGUAGE;
import static dev.ostiary.server.directory.users.ProfileAttribute.Format.LOCALE;
import static dev.ostiary.server.directory.users.ProfileAttribute.Format.LOGIN;
import static dev.ostiary.server.directory.users.ProfileAttribute.Format.URL;
import static dev.ostiary.server.directory.users.ProfileAttribute.Permission.READ_ONLY;
import static dev.ostiary.server.directory.users.ProfileAttribute.Permission.READ_WRITE;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a profile may hold: the 31 base attributes (Users, "Default Profile Properties"; Schemas,
 * "User Profile Base Subschema"). Immutable and thread-safe.
 *
 * <p>A stored profile always says {@code mobilePhone} and {@code secondEmail}, as null where there
 * is none (WIRE, "What the server adds on create"); other absent attributes are left out.
 */
final class ProfileSchema {

    static final String LOGIN_ATTRIBUTE = "login";
    static final String EMAIL_ATTRIBUTE = "email";

    private static final int UNBOUNDED = 10_000;
    private static final List<String> WRITTEN_AS_NULL = List.of("mobilePhone", "secondEmail");

    /** The schema of an org that nobody has touched. */
    static final ProfileSchema BASE =
            new ProfileSchema(
                    List.of(
                            new ProfileAttribute(
                                    LOGIN_ATTRIBUTE, "Username", true, 5, 100, LOGIN, READ_ONLY),
                            required("firstName", "First name", 1, 50),
                            required("lastName", "Last name", 1, 50),
                            optional("middleName", "Middle name"),
                            optional("honorificPrefix", "Honorific prefix"),
                            optional("honorificSuffix", "Honorific suffix"),
                            new ProfileAttribute(
                                    EMAIL_ATTRIBUTE,
                                    "Primary email",
                                    true,
                                    5,
                                    100,
                                    EMAIL,
                                    READ_WRITE),
                            optional("title", "Title"),
                            optional("displayName", "Display name"),
                            optional("nickName", "Nickname"),
                            optional("profileUrl", "Profile Url", UNBOUNDED, URL),
                            optional("secondEmail", "Secondary email", 100, EMAIL),
                            optional("mobilePhone", "Mobile phone", 100, ANY),
                            optional("primaryPhone", "Primary phone", 100, ANY),
                            optional("streetAddress", "Street address", 1024, ANY),
                            optional("city", "City", 128, ANY),
                            optional("state", "State", 128, ANY),
                            optional("zipCode", "Zip code", 50, ANY),
                            optional("countryCode", "Country code", 2, ANY),
                            optional("postalAddress", "Postal Address", 4096, ANY),
                            optional("preferredLanguage", "Preferred language", 100, LANGUAGE),
                            optional("locale", "Locale", 100, LOCALE),
                            optional("timezone", "Time zone", 100, ANY),
                            readOnly("userType", "User type"),
                            readOnly("employeeNumber", "Employee number"),
                            readOnly("costCenter", "Cost center"),
                            readOnly("organization", "Organization"),
                            readOnly("division", "Division"),
                            readOnly("department", "Department"),
                            readOnly("managerId", "ManagerId"),
                            readOnly("manager", "Manager")));

    private final Map<String, ProfileAttribute> attributes;

    private ProfileSchema(List<ProfileAttribute> rows) {
        Map<String, ProfileAttribute> byName = new LinkedHashMap<>();
        rows.forEach(row -> byName.put(row.name(), row));
        attributes = byName;
    }

    private static ProfileAttribute required(String name, String title, int least, int most) {
        return new ProfileAttribute(name, title, true, least, most, ANY, READ_WRITE);
    }

    private static ProfileAttribute optional(String name, String title) {
        return optional(name, title, UNBOUNDED, ANY);
    }

    private static ProfileAttribute optional(
            String name, String title, int most, ProfileAttribute.Format format) {
        return new ProfileAttribute(name, title, false, 0, most, format, READ_WRITE);
    }

    private static ProfileAttribute readOnly(String name, String title) {
        return new ProfileAttribute(name, title, false, 0, UNBOUNDED, ANY, READ_ONLY);
    }

    /** What a profile looks like that a client sends: any part of it, and maybe others. */
    Schema taken() {
        Schema.Fields taken = Schema.object("UserProfileBody").andOthers();
        for (ProfileAttribute attribute : attributes.values()) {
            taken = taken.maybe(attribute.name(), Schema.TEXT.orNull());
        }
        return taken;
    }

    /** What a stored profile looks like. */
    Schema.Fields shown() {
        Schema.Fields shown = Schema.object("UserProfile").andOthers();
        for (ProfileAttribute attribute : attributes.values()) {
            String name = attribute.name();
            if (attribute.required()) {
                shown = shown.always(name, Schema.TEXT);
            } else if (WRITTEN_AS_NULL.contains(name)) {
                shown = shown.always(name, Schema.TEXT.orNull());
            } else {
                shown = shown.maybe(name, Schema.TEXT);
            }
        }
        return shown;
    }

    /** The attributes in the order in which a profile is written. */
    List<ProfileAttribute> attributes() {
        return List.copyOf(attributes.values());
    }

    Optional<ProfileAttribute> find(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /**
     * The profile that a document makes, in the schema's order. What is wrong with it is told to
     * the reading, and the result is then of no use.
     *
     * @param subject what the error names when a property is unknown, such as {@code newUser}
     */
    ObjectNode complete(ObjectNode document, String subject, Reading reading) {
        ObjectNode profile = Json.object();
        for (ProfileAttribute attribute : attributes.values()) {
            Path at = Path.root("profile").field(attribute.name());
            JsonNode value = document.get(attribute.name());
            if (value != null && !value.isNull()) {
                attribute
                        .check(value, at, reading)
                        .ifPresent(v -> profile.set(attribute.name(), v));
            } else if (attribute.required()) {
                reading.wrong(at, "The field cannot be left blank");
            } else if (WRITTEN_AS_NULL.contains(attribute.name())) {
                profile.putNull(attribute.name());
            }
        }
        for (String name : document.propertyNames()) {
            if (!attributes.containsKey(name)) {
                reading.sentence(subject, "Property name '" + name + "' is not defined in profile");
            }
        }
        return profile;
    }

    /**
     * A profile with the changes of a partial update laid over it; null takes an attribute away.
     */
    static ObjectNode merged(ObjectNode profile, ObjectNode changes) {
        ObjectNode merged = profile.deepCopy();
        changes.properties().forEach(change -> merged.set(change.getKey(), change.getValue()));
        return merged;
    }

    /** The names of the attributes whose values differ; null and absence are the same. */
    static List<String> changed(ObjectNode before, ObjectNode after) {
        List<String> names = new ArrayList<>();
        for (ProfileAttribute attribute : BASE.attributes.values()) {
            JsonNode old = before.path(attribute.name());
            JsonNode now = after.path(attribute.name());
            boolean bothAbsent =
                    (old.isMissingNode() || old.isNull()) && (now.isMissingNode() || now.isNull());
            if (!bothAbsent && !old.equals(now)) {
                names.add(attribute.name());
            }
        }
        return names;
    }
}
