package dev.ostiary.server.directory.users;

import dev.ostiary.server.directory.schemas.ProfileSchema;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user, without anything secret. Immutable.
 *
 * @param id public id, {@code 00u…}
 * @param version counts the changes of the row; the entity tag is made of it
 * @param status status of the account
 * @param created when it was made
 * @param activated when it was first or again activated
 * @param statusChanged when the status last changed
 * @param lastLogin when the user last signed in
 * @param lastUpdated when an administrator or the user last changed something
 * @param passwordChanged when the password was last set
 * @param typeId id of the user type; null for the org's default one
 * @param realmId id of the realm; null for the org's default one
 * @param profile the attributes
 * @param hasPassword whether there is a password, an imported hash or a password hook
 * @param recoveryQuestion the question that helps who forgot the password
 * @param provider who checks the password
 */
public record User(
        String id,
        long version,
        UserStatus status,
        Instant created,
        @Nullable Instant activated,
        @Nullable Instant statusChanged,
        @Nullable Instant lastLogin,
        Instant lastUpdated,
        @Nullable Instant passwordChanged,
        @Nullable String typeId,
        @Nullable String realmId,
        Profile profile,
        boolean hasPassword,
        @Nullable String recoveryQuestion,
        Provider provider) {

    /** Whether the user can sign in once activated, without an activation mail. */
    public boolean hasCredential() {
        return hasPassword || provider.isForeign();
    }

    /** The name to sign in with. */
    public String login() {
        return Objects.requireNonNull(
                Profile.text(profile.document(), ProfileSchema.LOGIN_ATTRIBUTE),
                "a user without a login");
    }

    /**
     * The same user with another profile, of a type and in a realm that may be others too, since a
     * moment.
     */
    User updated(
            @Nullable String otherType,
            @Nullable String otherRealm,
            Profile other,
            Instant moment) {
        return new User(
                id,
                version + 1,
                status,
                created,
                activated,
                statusChanged,
                lastLogin,
                moment,
                passwordChanged,
                otherType,
                otherRealm,
                other,
                hasPassword,
                recoveryQuestion,
                provider);
    }

    /**
     * The same user with other credentials since a moment. Who was waiting for a password, and gets
     * one from an administrator, can sign in.
     */
    User with(NewCredentials credentials, Instant moment) {
        boolean sets = credentials.setsPassword();
        User moved = sets && waitsForPassword() ? in(UserStatus.ACTIVE, moment) : this;
        return new User(
                id,
                version + 1,
                moved.status,
                created,
                moved.activated,
                moved.statusChanged,
                lastLogin,
                moment,
                sets ? moment : passwordChanged,
                typeId,
                realmId,
                profile,
                hasPassword || sets,
                credentials.question() == null ? recoveryQuestion : credentials.question(),
                credentials.isImport() ? Provider.IMPORT : sets ? ownProvider() : provider);
    }

    /** The same user, whose password was proven: one that was imported is our own now. */
    User proven() {
        return checkedBy(ownProvider());
    }

    /**
     * The same user with somebody else to say who it is; with a foreign one there is neither a
     * password nor a question here.
     */
    User checkedBy(Provider other) {
        return new User(
                id,
                version,
                status,
                created,
                activated,
                statusChanged,
                lastLogin,
                lastUpdated,
                passwordChanged,
                typeId,
                realmId,
                profile,
                hasPassword && !other.isForeign(),
                other.isForeign() ? null : recoveryQuestion,
                other);
    }

    /** The same user, who signed in at a moment. Nobody has updated it. */
    User signedIn(Instant moment) {
        return new User(
                id,
                version + 1,
                status,
                created,
                activated,
                statusChanged,
                moment,
                lastUpdated,
                passwordChanged,
                typeId,
                realmId,
                profile,
                hasPassword,
                recoveryQuestion,
                provider);
    }

    private boolean waitsForPassword() {
        return status == UserStatus.PROVISIONED
                || status == UserStatus.RECOVERY
                || status == UserStatus.PASSWORD_EXPIRED;
    }

    private Provider ownProvider() {
        return provider.type() == Provider.Type.IMPORT ? Provider.OKTA : provider;
    }

    /** The same user in another status since a moment; the same status changes nothing but time. */
    public User in(UserStatus next, Instant moment) {
        boolean activates =
                (status == UserStatus.STAGED || status == UserStatus.DEPROVISIONED)
                        && (next == UserStatus.ACTIVE || next == UserStatus.PROVISIONED);
        return new User(
                id,
                version + 1,
                next,
                created,
                activates ? moment : activated,
                next == status ? statusChanged : moment,
                lastLogin,
                moment,
                passwordChanged,
                typeId,
                realmId,
                profile,
                hasPassword,
                recoveryQuestion,
                provider);
    }
}
