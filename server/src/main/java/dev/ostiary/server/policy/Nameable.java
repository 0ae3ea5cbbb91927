package dev.ostiary.server.policy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;

/**
 * What policies and rules name beside groups, users and zones: whoever has it knows whether it is
 * there. Thread-safe.
 */
public record Nameable(
        Known apps,
        Known authenticators,
        Known behaviours,
        Known identityProviders,
        Known inlineHooks,
        Known uiSchemas,
        Known userTypes) {

    /** For where there is nothing of all that. */
    static Nameable none() {
        return new Nameable(
                Known.NONE, Known.NONE, Known.NONE, Known.NONE, Known.NONE, Known.NONE, Known.NONE);
    }

    /** Knows one kind. */
    @FunctionalInterface
    public interface Known {

        /** For where there is none of a kind. */
        Known NONE = (reader, org, id) -> false;

        /** Whether there is one of this id. */
        boolean has(Reader reader, Org org, String id);
    }
}
