package dev.ostiary.platform.access;

import java.util.Set;

/**
 * What the admin roles of a user add up to. Immutable.
 *
 * @param roles the standard roles held, by their wire names
 */
public record Permissions(Set<String> roles) {

    /** The role that may do everything in its org. */
    public static final String SUPER_ADMIN = "SUPER_ADMIN";

    private static final Permissions NONE = new Permissions(Set.of());

    /** No admin role: the user may only look after itself. */
    public static Permissions none() {
        return NONE;
    }

    /** The permissions of these roles. */
    public static Permissions of(Set<String> roles) {
        return roles.isEmpty() ? NONE : new Permissions(Set.copyOf(roles));
    }

    /** Whether everything in the org is allowed. */
    public boolean superAdmin() {
        return roles.contains(SUPER_ADMIN);
    }
}
