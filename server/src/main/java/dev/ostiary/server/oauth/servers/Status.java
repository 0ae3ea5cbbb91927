package dev.ostiary.server.oauth.servers;

/** Whether something counts, as the wire has it. */
public enum Status {
    ACTIVE,
    INACTIVE;

    /** The verb of the URL that leads out of it. */
    String step() {
        return this == ACTIVE ? "deactivate" : "activate";
    }
}
