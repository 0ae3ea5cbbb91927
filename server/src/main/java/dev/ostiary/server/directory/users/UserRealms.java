package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.server.directory.realms.Realm;
import dev.ostiary.server.directory.realms.RealmCandidate;
import dev.ostiary.server.directory.realms.RealmSet;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which realm a user is in, and whether it takes the user: a realm that names domains holds nobody
 * who is created or updated with a login or mail address of another one (Realms API, {@code
 * domains}).
 */
final class UserRealms {

    /** The reference to a realm, as the migration wrote it. */
    private static final String REFERENCE = "users_realm";

    private static final String FIELD = "realmId";

    private UserRealms() {}

    /**
     * The realm that a body names, or else the one that the first assignment leads to which takes
     * the new user; what is wrong is told to the reading.
     *
     * @return null for the default one
     */
    static @Nullable String ofNew(
            UserBody body, RealmSet realms, RealmCandidate user, Reading reading) {
        Org org = user.org();
        @Nullable String assigned =
                body.realmId() == null ? realms.assigned(user).storedId(org) : null;
        return named(body, assigned, user.profile(), realms, org, reading);
    }

    /**
     * The realm that a body names, or else the one that the user is in; what is wrong is told to
     * the reading.
     *
     * @param present null for the default one
     * @return null for the default one
     */
    static @Nullable String named(
            UserBody body,
            @Nullable String present,
            ObjectNode profile,
            RealmSet realms,
            Org org,
            Reading reading) {
        @Nullable String wanted = body.realmId();
        Optional<Realm> realm =
                wanted == null ? realms.holding(org, present) : realms.find(org, wanted);
        if (realm.isEmpty()) {
            if (wanted != null) {
                reading.wrong(Path.root(FIELD).field(FIELD), unknown(wanted));
            }
            return present;
        }
        requireDomain(ProfileSchema.LOGIN_ATTRIBUTE, profile, realm.get(), reading);
        requireDomain(ProfileSchema.EMAIL_ATTRIBUTE, profile, realm.get(), reading);
        return realm.get().storedId(org);
    }

    private static void requireDomain(
            String attribute, ObjectNode profile, Realm realm, Reading reading) {
        if (!realm.profile().admits(Profile.text(profile, attribute))) {
            reading.wrong(
                    Path.root(attribute).field(attribute),
                    "The domain must be one of "
                            + realm.profile().domains()
                            + ", which the realm allows");
        }
    }

    private static String unknown(@Nullable String realmId) {
        return "The realm '" + realmId + "' does not exist";
    }

    /** What a client is told when the realm has gone just before. */
    static RuntimeException refusal(ForeignKeyViolation gone, @Nullable String realmId) {
        return gone.constraint().equals(REFERENCE)
                ? ApiException.validation(FIELD, FIELD + ": " + unknown(realmId))
                : gone;
    }
}
