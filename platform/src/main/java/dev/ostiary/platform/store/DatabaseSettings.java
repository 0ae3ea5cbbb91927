package dev.ostiary.platform.store;

import java.time.Duration;

/**
 * How the process uses the database.
 *
 * @param poolSize most connections at a time
 * @param connectTimeout how long a caller waits for a connection
 * @param statementTimeout how long one statement may run
 */
public record DatabaseSettings(int poolSize, Duration connectTimeout, Duration statementTimeout) {

    /** Sixteen connections; ten seconds for one; half a minute a statement. */
    public static DatabaseSettings defaults() {
        return new DatabaseSettings(16, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }
}
