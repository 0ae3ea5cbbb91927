package dev.ostiary.server.directory.users;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Users for tests that need no database. */
final class UserSamples {

    private UserSamples() {}

    /** A user in the making. */
    record Sample(UserStatus status) {

        static Sample in(UserStatus status) {
            return new Sample(status);
        }

        User plain() {
            return user(false, null, Provider.OKTA);
        }

        User withPassword() {
            return user(true, null, Provider.OKTA);
        }

        User withQuestion() {
            return user(true, "Who?", Provider.OKTA);
        }

        User federated() {
            return user(false, null, Provider.of(Provider.Type.FEDERATION));
        }

        private User user(boolean password, @Nullable String question, Provider provider) {
            Instant created = Instant.parse("2026-01-02T03:04:05.678Z");
            return new User(
                    "00u0000000000000a1d7",
                    1,
                    status,
                    created,
                    null,
                    null,
                    null,
                    created,
                    password ? created : null,
                    null,
                    null,
                    new Profile(
                            "{\"login\":\"ann@example.com\",\"firstName\":\"Ann\",\"lastName\":\"Lee\","
                                    + "\"email\":\"ann@example.com\",\"mobilePhone\":null}"),
                    password,
                    question,
                    provider);
        }
    }
}
