package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.password.TemporaryPasswords;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The user that a fresh org begins with. Thread-safe. */
public final class UserSeeds {

    private final UserParts parts;
    private final TemporaryPasswords passwords;
    private final Ids ids;
    private final InstantSource time;
    private final UserStore store = new UserStore();

    /** Seeds over these neighbours. */
    public UserSeeds(UserParts parts, TemporaryPasswords passwords, Ids ids, InstantSource time) {
        this.parts = parts;
        this.passwords = passwords;
        this.ids = ids;
        this.time = time;
    }

    /**
     * An administrator who is to be.
     *
     * @param login mail address and login
     * @param password the password, to be shown once
     * @param passwordHash its slow hash
     */
    public record Administrator(String login, String password, String passwordHash) {

        /** Says nothing of the password. */
        @Override
        public String toString() {
            return "Administrator[" + login + "]";
        }
    }

    /** An administrator with a random password. Slow, so not to be called in a transaction. */
    public Administrator administrator(String login) {
        String password = passwords.next(parts.credentialRules().policy().complexity());
        return new Administrator(login, password, parts.hasher().hash(password).text());
    }

    /** Makes the user, active at once. Answers the id. */
    public String create(Tx tx, Org org, Administrator administrator) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        NewCredentials credentials =
                new NewCredentials(administrator.password(), null, false, null, null);
        User user =
                new NewUser(
                                profile(administrator.login()),
                                credentials,
                                Provider.OKTA,
                                List.of(),
                                true,
                                false)
                        .begin(ids.next("00u", org.tail(), now), now);
        store.insert(tx, org, user, Secrets.NONE.password(administrator.passwordHash()));
        tx.emit(parts.events().of("user.lifecycle.create", user));
        tx.emit(parts.events().of(Step.ACTIVATE.event(), user));
        return user.id();
    }

    private static Profile profile(String login) {
        ObjectNode document =
                Json.object()
                        .put(ProfileSchema.LOGIN_ATTRIBUTE, login)
                        .put(ProfileSchema.EMAIL_ATTRIBUTE, login)
                        .put("firstName", "First")
                        .put("lastName", "Administrator");
        Reading reading = new Reading();
        ObjectNode profile = ProfileSchema.BASE.complete(document, "newUser", reading);
        reading.finish();
        return Profile.of(profile);
    }
}
