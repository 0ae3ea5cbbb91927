package dev.ostiary.server.directory.users;

import dev.ostiary.server.directory.schemas.UniqueValues.Claim;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user as a line of a bulk import describes it, judged by itself: whether it can stand beside
 * those there are, {@link UserImport} finds out. Immutable.
 */
public final class ImportedUser {

    private final ObjectNode document;
    private final Profile profile;
    private final String loginKey;
    private final NewCredentials credentials;
    private final Provider provider;
    private final @Nullable String typeId;
    private final @Nullable String realmId;
    private final boolean namesRealm;
    private final UserStatus status;
    private final List<String> groups;
    private final List<Claim> claims;

    ImportedUser(
            ObjectNode document,
            String loginKey,
            NewCredentials credentials,
            Provider provider,
            @Nullable String typeId,
            @Nullable String realmId,
            boolean namesRealm,
            UserStatus status,
            List<String> groups,
            List<Claim> claims) {
        this.document = document;
        this.profile = Profile.of(document);
        this.loginKey = loginKey;
        this.credentials = credentials;
        this.provider = provider;
        this.typeId = typeId;
        this.realmId = realmId;
        this.namesRealm = namesRealm;
        this.status = status;
        this.groups = List.copyOf(groups);
        this.claims = List.copyOf(claims);
    }

    /** What no other user's login may be the same as. */
    public String loginKey() {
        return loginKey;
    }

    /** Ids or names of the groups to be in. */
    public List<String> groups() {
        return groups;
    }

    /** Values that nobody else may have. */
    public List<Claim> claims() {
        return claims;
    }

    /** Whether something of it is yet to be hashed, which takes a twentieth of a second each. */
    public boolean isSlow() {
        return credentials.password() != null || credentials.answer() != null;
    }

    Profile profile() {
        return profile;
    }

    /** The profile, read once for all that look into it; nobody changes it. */
    ObjectNode document() {
        return document;
    }

    @Nullable String typeId() {
        return typeId;
    }

    /** The realm: the one that the line names, or else the present one. */
    @Nullable String realmId(@Nullable String present) {
        return namesRealm ? realmId : present;
    }

    NewCredentials credentials() {
        return credentials;
    }

    /** The user as it begins. */
    User begin(String id, Instant now) {
        boolean staged = status == UserStatus.STAGED;
        return new User(
                id,
                1,
                status,
                now,
                staged || status == UserStatus.DEPROVISIONED ? null : now,
                staged ? null : now,
                null,
                now,
                credentials.setsPassword() ? now : null,
                typeId,
                realmId,
                profile,
                credentials.setsPassword(),
                credentials.question(),
                provider);
    }

    /** The secrets that it begins with. */
    Secrets secrets(NewCredentials.Hashed hashed, Instant now) {
        Secrets secrets = hashed.applied(Secrets.NONE);
        return status == UserStatus.LOCKED_OUT ? secrets.locked(now) : secrets;
    }

    /** Says nothing secret. */
    @Override
    public String toString() {
        return "ImportedUser[" + loginKey + "]";
    }
}
