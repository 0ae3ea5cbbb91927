package dev.ostiary.server.directory.users.password;

/**
 * What one Argon2id hash costs.
 *
 * @param memoryKiB memory in KiB
 * @param passes how often the memory is walked through
 * @param lanes degree of parallelism
 */
public record Argon2Cost(int memoryKiB, int passes, int lanes) {

    /**
     * 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's first choice for
     * servers.
     */
    public static final Argon2Cost STANDARD = new Argon2Cost(19 * 1024, 2, 1);

    /** Memory times passes, to compare two costs by. */
    long work() {
        return (long) memoryKiB * passes;
    }
}
