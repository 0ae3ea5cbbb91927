package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.directory.users.password.TemporaryPasswords;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/** The first user of an org. Thread-safe. */
public final class UserSeeds {

    private final UserStore store = new UserStore();
    private final PasswordHasher hasher;
    private final TemporaryPasswords passwords;
    private final Ids ids;
    private final InstantSource time;

    public UserSeeds(
            PasswordHasher hasher, TemporaryPasswords passwords, Ids ids, InstantSource time) {
        this.hasher = hasher;
        this.passwords = passwords;
        this.ids = ids;
        this.time = time;
    }

    /**
     * Who will administer a new org.
     *
     * @param password in clear: shown once
     */
    public record Administrator(String login, String password, String hash) {

        /** Without the secrets. */
        @Override
        public String toString() {
            return "Administrator[" + login + "]";
        }
    }

    /** Makes up a password for a login. Slow: to be called outside of any transaction. */
    public Administrator administrator(String login) {
        String password = passwords.next(PasswordPolicy.observedDefault().complexity());
        return new Administrator(login, password, hasher.hash(password).text());
    }

    /** Adds the administrator as an active user; returns the id. */
    public String create(Tx tx, Org org, Administrator administrator) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        ObjectNode profile = Json.object();
        profile.put("firstName", "Org");
        profile.put("lastName", "Administrator");
        profile.put("login", administrator.login());
        profile.put("email", administrator.login());
        User user =
                new User(
                        ids.next("00u", org.tail(), now),
                        1,
                        UserStatus.ACTIVE,
                        now,
                        now,
                        now,
                        null,
                        now,
                        now,
                        null,
                        Profile.of(profile),
                        true,
                        null,
                        Provider.OKTA);
        store.insert(tx, org, user, Secrets.NONE.password(administrator.hash()));
        return user.id();
    }
}
