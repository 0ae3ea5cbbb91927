package dev.ostiary.platform.store.embedded;

import dev.ostiary.platform.store.embedded.StartFailure.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/**
 * The passwords of the database's three roles, kept in {@code database.properties} of the data
 * directory (mode 600). Without them the database cannot be opened, so they are on disk before it
 * is made.
 */
record Credentials(String superuser, String owner, String app) {

    static final String FILE = "database.properties";
    private static final int PASSWORD_BYTES = 24;

    static Credentials in(DataDirectory data, boolean databaseExists, SecureRandom random)
            throws IOException {
        Path file = data.resolve(FILE);
        if (Files.exists(file)) {
            return read(file);
        }
        if (databaseExists) {
            throw new StartFailure(
                    Reason.DATA_DIRECTORY_INCOMPLETE,
                    "%s is missing, and with it the passwords of the database beside it: restore it from a backup"
                            .formatted(file));
        }
        Credentials fresh = new Credentials(password(random), password(random), password(random));
        String text =
                """
                # Passwords of the embedded database. Whoever has them has all data.
                superuser=%s
                owner=%s
                app=%s
                """
                        .formatted(fresh.superuser, fresh.owner, fresh.app);
        PrivateFile.write(file, text, data.path(), new Account(List.of(), -1, -1));
        return fresh;
    }

    private static Credentials read(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        return new Credentials(
                required(properties, "superuser", file),
                required(properties, "owner", file),
                required(properties, "app", file));
    }

    private static String required(Properties properties, String key, Path file) {
        String value = properties.getProperty(key, "");
        if (value.isEmpty()) {
            throw new StartFailure(
                    Reason.DATA_DIRECTORY_INCOMPLETE, file + " lacks the password " + key);
        }
        return value;
    }

    private static String password(SecureRandom random) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Credentials[]";
    }
}
