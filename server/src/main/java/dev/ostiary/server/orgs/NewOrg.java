package dev.ostiary.server.orgs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An org that is wanted.
 *
 * @param name a free subdomain
 * @param port a port of its own that is open already; null for none
 * @param title what people call it, unique on the server; null where nobody has said
 * @param website where it is at home; null where nobody has said
 * @param parent the number of the org that makes it; null where the operator does
 */
record NewOrg(
        String name,
        @Nullable Integer port,
        @Nullable String title,
        @Nullable String website,
        @Nullable Long parent) {

    /** One that stands for itself. */
    static NewOrg root(String name, @Nullable Integer port) {
        return new NewOrg(name, port, null, null, null);
    }

    /** What whoever wants it calls a value that has to be unique, by its constraint. */
    Optional<String> field(String constraint) {
        boolean child = parent != null;
        return switch (constraint) {
            case "org_name_key" -> Optional.of(child ? "subdomain" : "name");
            case "org_title_key" -> Optional.of("name");
            case "org_port_key" -> Optional.of("port");
            default -> Optional.empty();
        };
    }

    static String taken(String field) {
        return field + ": " + TAKEN;
    }

    static final String TAKEN = "An object with this field already exists";
}
