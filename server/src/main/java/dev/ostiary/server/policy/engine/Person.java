package dev.ostiary.server.policy.engine;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whom it is about.
 *
 * @param id public id; empty for nobody in particular, such as a user who is being made
 * @param groups ids of the groups that the person is in; nobody names the group of all users here
 * @param typeId the user type; empty if unknown
 * @param profile the profile; empty if unknown
 * @param provider who keeps the password
 */
public record Person(
        Optional<String> id,
        Set<String> groups,
        Optional<String> typeId,
        Optional<ObjectNode> profile,
        Optional<Provider> provider) {

    /** Where users' passwords are (schema {@code PasswordPolicyAuthenticationProviderType}). */
    public enum Provider {
        OKTA,
        ACTIVE_DIRECTORY,
        LDAP
    }

    public Person {
        groups = Set.copyOf(groups);
    }

    /** Somebody of whom only the groups are known, with a password that is kept here. */
    public static Person in(Set<String> groups) {
        return new Person(
                Optional.empty(),
                groups,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Provider.OKTA));
    }

    /** A user with a password that is kept here. */
    public static Person of(String id, Set<String> groups) {
        return new Person(
                Optional.of(id),
                groups,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Provider.OKTA));
    }

    /** The same, of that type and with that profile. */
    public Person with(String type, ObjectNode document) {
        return new Person(id, groups, Optional.of(type), Optional.of(document), provider);
    }
}
