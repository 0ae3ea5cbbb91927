package dev.ostiary.server.apps;

import java.time.Instant;

/**
 * A secret by which an OAuth client proves itself. Its text is known to whoever opens it ({@link
 * ClientSecretStore}); it prints as nothing of it. Immutable.
 *
 * @param id {@code ocs…}
 * @param hash what tells two secrets apart in public: 22 characters (WIRE, "Ids")
 */
public record ClientSecret(
        String id,
        Status status,
        byte[] sealed,
        String hash,
        Instant created,
        Instant lastUpdated) {

    /** Only an active one proves anything. */
    public enum Status {
        ACTIVE,
        INACTIVE
    }

    public boolean active() {
        return status == Status.ACTIVE;
    }

    @Override
    public String toString() {
        return "ClientSecret[" + id + " " + status + "]";
    }
}
