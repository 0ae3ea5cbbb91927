package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.expression.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the profiles of one user type, or of groups, may hold. Immutable and thread-safe.
 *
 * <p>A stored profile of a user always says {@code mobilePhone} and {@code secondEmail}, as null
 * where there is none (WIRE, "What the server adds on create"); other absent attributes are left
 * out.
 */
public final class ProfileSchema {

    /** The name to sign in with. */
    public static final String LOGIN_ATTRIBUTE = ProfileAttribute.LOGIN;

    /** The primary mail address. */
    public static final String EMAIL_ATTRIBUTE = "email";

    private static final List<String> WRITTEN_AS_NULL = List.of("mobilePhone", "secondEmail");

    /** The schema of a user type that nobody has touched. */
    public static final ProfileSchema USER = new ProfileSchema(BaseAttributes.ofUsers(), Map.of());

    /** The schema of groups that nobody has touched. */
    public static final ProfileSchema GROUP =
            new ProfileSchema(BaseAttributes.ofGroups(), Map.of());

    private final Map<String, ProfileAttribute> base;
    private final Map<String, ProfileAttribute> custom;
    private final Map<String, ProfileAttribute> attributes;

    ProfileSchema(Map<String, ObjectNode> base, Map<String, ObjectNode> custom) {
        this.base = read(base);
        this.custom = read(custom);
        this.attributes = new LinkedHashMap<>(this.base);
        this.attributes.putAll(this.custom);
    }

    private static Map<String, ProfileAttribute> read(Map<String, ObjectNode> definitions) {
        Map<String, ProfileAttribute> read = new LinkedHashMap<>();
        definitions.forEach(
                (name, definition) -> read.put(name, ProfileAttribute.of(name, definition)));
        return read;
    }

    /** What a profile looks like that a client sends: any part of it, and maybe others. */
    public Schema taken() {
        Schema.Fields taken = Schema.object("UserProfileBody").andOthers();
        for (ProfileAttribute attribute : attributes.values()) {
            taken = taken.maybe(attribute.name(), attribute.schema().orNull());
        }
        return taken;
    }

    /** What a stored profile looks like: an org may do without what its schema can let go. */
    public Schema.Fields shown() {
        Schema.Fields shown = Schema.object("UserProfile").andOthers();
        for (ProfileAttribute attribute : attributes.values()) {
            String name = attribute.name();
            if (name.equals(LOGIN_ATTRIBUTE) || name.equals(EMAIL_ATTRIBUTE)) {
                shown = shown.always(name, attribute.schema());
            } else if (WRITTEN_AS_NULL.contains(name)) {
                shown = shown.always(name, attribute.schema().orNull());
            } else {
                shown = shown.maybe(name, attribute.schema());
            }
        }
        return shown;
    }

    /** The attributes in the order in which a profile is written. */
    public List<ProfileAttribute> attributes() {
        return List.copyOf(attributes.values());
    }

    /** The attributes as expressions see them. */
    public Map<String, Type> expressionTypes() {
        Map<String, Type> types = new LinkedHashMap<>();
        attributes.values().forEach(each -> types.put(each.name(), each.expressionType()));
        return types;
    }

    /** Those that the org added. */
    public List<ProfileAttribute> custom() {
        return List.copyOf(custom.values());
    }

    List<ProfileAttribute> base() {
        return List.copyOf(base.values());
    }

    /** Whether there are attributes whose values no two objects share. */
    public boolean hasUnique() {
        return custom.values().stream().anyMatch(ProfileAttribute::unique);
    }

    /** The attribute of a name, letter by letter. */
    public Optional<ProfileAttribute> find(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /**
     * The profile that a document makes, in the schema's order. What is wrong with it is told to
     * the reading, and the result is then of no use.
     *
     * @param subject what the error names when a property is unknown, such as {@code newUser}
     */
    public ObjectNode complete(ObjectNode document, String subject, Reading reading) {
        ObjectNode profile = Json.object();
        for (ProfileAttribute attribute : attributes.values()) {
            take(attribute, document.get(attribute.name()), profile, reading);
        }
        for (String name : document.propertyNames()) {
            if (!attributes.containsKey(name)) {
                reading.sentence(subject, "Property name '" + name + "' is not defined in profile");
            }
        }
        return profile;
    }

    /** As {@link #complete}, of the org's own attributes alone; nothing is said of others. */
    public ObjectNode completeCustom(ObjectNode document, Reading reading) {
        ObjectNode profile = Json.object();
        custom.values().forEach(each -> take(each, document.get(each.name()), profile, reading));
        return profile;
    }

    /**
     * The part of a profile that a document makes: what it names is judged, and nothing else is
     * needed.
     */
    public ObjectNode completePart(ObjectNode document, String subject, Reading reading) {
        ObjectNode part = Json.object();
        for (var each : document.properties()) {
            String name = each.getKey();
            ProfileAttribute attribute = attributes.get(name);
            if (attribute == null) {
                reading.sentence(subject, "Property name '" + name + "' is not defined in profile");
            } else if (!each.getValue().isNull()) {
                attribute
                        .check(each.getValue(), Path.root("profile").field(name), reading)
                        .ifPresent(value -> part.set(name, value));
            } else {
                part.putNull(name);
            }
        }
        return part;
    }

    /** The same without an attribute. */
    ProfileSchema without(String name) {
        Map<String, ObjectNode> rest = new LinkedHashMap<>();
        base.forEach((key, attribute) -> rest.put(key, attribute.definition()));
        rest.remove(name);
        Map<String, ObjectNode> own = new LinkedHashMap<>();
        custom.forEach((key, attribute) -> own.put(key, attribute.definition()));
        return new ProfileSchema(rest, own);
    }

    private static void take(
            ProfileAttribute attribute,
            @Nullable JsonNode given,
            ObjectNode profile,
            Reading reading) {
        String name = attribute.name();
        Path at = Path.root("profile").field(name);
        if (given != null && !given.isNull()) {
            attribute.check(given, at, reading).ifPresent(value -> profile.set(name, value));
        } else if (attribute.standard().isPresent()) {
            profile.set(name, attribute.standard().get());
        } else if (attribute.required()) {
            reading.wrong(at, "The field cannot be left blank");
        } else if (WRITTEN_AS_NULL.contains(name)) {
            profile.putNull(name);
        }
    }

    /**
     * A profile with the changes of a partial update laid over it; null takes an attribute away.
     */
    public static ObjectNode merged(ObjectNode profile, ObjectNode changes) {
        ObjectNode merged = profile.deepCopy();
        changes.properties().forEach(change -> merged.set(change.getKey(), change.getValue()));
        return merged;
    }

    /** The names of the attributes whose values differ; null and absence are the same. */
    public static List<String> changed(ObjectNode before, ObjectNode after) {
        List<String> names = new ArrayList<>();
        for (String name : union(before, after)) {
            JsonNode old = before.path(name);
            JsonNode now = after.path(name);
            boolean bothAbsent =
                    (old.isMissingNode() || old.isNull()) && (now.isMissingNode() || now.isNull());
            if (!bothAbsent && !old.equals(now)) {
                names.add(name);
            }
        }
        return names;
    }

    /** In the order of the later profile, which is the schema's. */
    private static List<String> union(ObjectNode before, ObjectNode after) {
        List<String> names = new ArrayList<>(after.propertyNames());
        before.propertyNames().stream().filter(name -> !after.has(name)).forEach(names::add);
        return names;
    }
}
