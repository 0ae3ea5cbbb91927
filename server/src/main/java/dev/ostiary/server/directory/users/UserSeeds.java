package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.schemas.ProfileSchema;
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
    private final UserBirths births;

    /** Seeds over these neighbours. */
    public UserSeeds(UserParts parts, TemporaryPasswords passwords, Ids ids, InstantSource time) {
        this.parts = parts;
        this.passwords = passwords;
        this.ids = ids;
        this.time = time;
        this.births = new UserBirths(parts);
    }

    /** A random password that the rules of a fresh org allow. */
    public String password() {
        return passwords.next(parts.credentialRules().ofFresh().policy().complexity());
    }

    /** An administrator of whom no more is known than how to sign in. */
    public Administrator administrator(String login, String password) {
        ObjectNode document =
                Json.object()
                        .put(ProfileSchema.LOGIN_ATTRIBUTE, login)
                        .put(ProfileSchema.EMAIL_ATTRIBUTE, login)
                        .put("firstName", "First")
                        .put("lastName", "Administrator");
        Reading reading = new Reading();
        ObjectNode profile = ProfileSchema.USER.complete(document, "newUser", reading);
        reading.finish();
        return new Administrator(
                new NewUser(
                        Profile.of(profile),
                        NewCredentials.password(password),
                        Provider.OKTA,
                        List.of(),
                        null,
                        null,
                        true,
                        false));
    }

    /**
     * The administrator that a client describes (schema {@code OrgCreationAdmin}); what is wrong is
     * told to the reading, and the result is then of no use.
     */
    public Administrator administrator(ObjectNode json, Reading reading) {
        return new Administrator(NewUser.first(json, parts.credentialRules().ofFresh(), reading));
    }

    /** What is left to do once the org has a row. */
    @FunctionalInterface
    public interface Seed {

        /**
         * Makes the user: active at once, or invited by a mail where there is no password yet.
         *
         * @param baseUrl where the org is reached
         * @return the user
         */
        User in(Tx tx, Org org, String baseUrl);
    }

    /** Hashes what is secret. Slow, so not to be called in a transaction. */
    public Seed seed(Administrator administrator) {
        NewUser wanted = administrator.user();
        Secrets secrets = wanted.credentials().hashed(parts.hasher()).applied(Secrets.NONE);
        return (tx, org, baseUrl) -> {
            Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
            User user = wanted.begin(ids.next("00u", org.tail(), now), now);
            births.insert(tx, org, user, secrets, wanted.groupIds(), baseUrl);
            return user;
        };
    }
}
