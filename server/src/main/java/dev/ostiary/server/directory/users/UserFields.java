package dev.ostiary.server.directory.users;

import dev.ostiary.platform.problem.ApiException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which properties of users a client wants (Users, parameter {@code fields}): {@code
 * id,status,profile:(firstName,lastName)}. The id is always among them. Immutable.
 *
 * @param properties top-level properties
 * @param profile attributes of the profile; empty where the whole profile, or none of it, is wanted
 */
public record UserFields(Set<String> properties, Set<String> profile) {

    private static final int MOST = 300;
    private static final String PROFILE = "profile";

    /**
     * Reads the parameter.
     *
     * @throws ApiException {@code E0000001} if its parentheses are not balanced or it is absurdly
     *     long
     */
    static Optional<UserFields> parse(Optional<String> parameter) {
        return parameter.filter(text -> !text.isBlank()).map(UserFields::parse);
    }

    private static UserFields parse(String text) {
        Set<String> properties = new LinkedHashSet<>(Set.of("id"));
        Set<String> profile = new LinkedHashSet<>();
        boolean inside = false;
        boolean whole = false;
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            if (!inside && name.startsWith(PROFILE + ":(")) {
                inside = true;
                properties.add(PROFILE);
                name = name.substring(PROFILE.length() + 2);
            }
            boolean ends = name.endsWith(")");
            name = (ends ? name.substring(0, name.length() - 1) : name).strip();
            if ((ends && !inside) || name.contains("(") || name.contains(")")) {
                throw malformed();
            }
            if (!name.isEmpty()) {
                (inside ? profile : properties).add(name);
                whole |= !inside && name.equals(PROFILE);
            }
            inside &= !ends;
            if (properties.size() + profile.size() > MOST) {
                throw malformed();
            }
        }
        if (inside) {
            throw malformed();
        }
        return new UserFields(Set.copyOf(properties), whole ? Set.of() : Set.copyOf(profile));
    }

    private static ApiException malformed() {
        return ApiException.validation("fields", "fields: The field selection is malformed.");
    }

    boolean has(String property) {
        return properties.contains(property);
    }
}
