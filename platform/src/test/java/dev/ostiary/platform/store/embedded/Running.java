package dev.ostiary.platform.store.embedded;

import java.nio.file.Path;
import java.security.SecureRandom;

/** A durable database in a directory, both given back at the end. */
record Running(DataDirectory data, EmbeddedPostgres postgres) implements AutoCloseable {

    static Running in(Path home) {
        DataDirectory data = DataDirectory.open(home);
        try {
            return new Running(data, start(data, Starter.here()));
        } catch (StartFailure e) {
            data.close();
            throw e;
        }
    }

    static EmbeddedPostgres start(DataDirectory data, Starter starter) {
        return EmbeddedPostgres.start(
                data,
                Binaries.in(Path.of("target", "postgres")),
                Settings.DURABLE,
                starter,
                new SecureRandom());
    }

    @Override
    public void close() {
        postgres.close();
        data.close();
    }
}
