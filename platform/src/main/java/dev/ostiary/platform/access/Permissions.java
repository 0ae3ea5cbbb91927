package dev.ostiary.platform.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /**
     * The permissions of roles as a query joins them.
     *
     * @param joined names with a blank between each; null for none
     */
    public static Permissions ofJoined(@Nullable String joined) {
        return joined == null ? NONE : of(Set.of(joined.split(" ")));
    }

    /** Whether everything in the org is allowed. */
    public boolean superAdmin() {
        return roles.contains(SUPER_ADMIN);
    }
}
