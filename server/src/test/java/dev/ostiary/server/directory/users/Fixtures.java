package dev.ostiary.server.directory.users;

import java.time.Instant;

/** Users of whom nothing is stored. */
public final class Fixtures {

    private Fixtures() {}

    /** A user of this status, whose password was set at a moment. */
    public static User user(UserStatus status, Instant passwordChanged) {
        return new User(
                "00u00000000000000001",
                1,
                status,
                passwordChanged,
                passwordChanged,
                passwordChanged,
                null,
                passwordChanged,
                passwordChanged,
                null,
                null,
                new Profile("{\"login\":\"isaac.brock@example.com\"}"),
                true,
                null,
                Provider.OKTA);
    }
}
