package dev.ostiary.server.directory.users;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.server.delivery.Outbox;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.realms.OrgRealms;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.ProfileAttribute;
import dev.ostiary.server.directory.schemas.ProfileAttribute.SelfAccess;
import dev.ostiary.server.directory.schemas.UniqueValues;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the families of users work with besides the database.
 *
 * @param hasher hashes passwords and answers
 * @param credentialRules what a password and an answer have to be like
 * @param events makes events
 * @param tokens one-time tokens
 * @param invitations activation mails
 * @param outbox other mails
 * @param memberships who is in which group
 * @param belongings what users have elsewhere
 * @param schemas what their profiles may hold
 * @param realms which realms there are for them
 * @param watch whom it concerns what they are
 * @param uniqueValues which of their values nobody else may have
 */
public record UserParts(
        PasswordHasher hasher,
        CredentialRules credentialRules,
        UserEvents events,
        UserTokenStore tokens,
        Invitations invitations,
        Outbox outbox,
        Memberships memberships,
        Belongings belongings,
        OrgSchemas schemas,
        OrgRealms realms,
        UserWatch watch,
        UniqueValues uniqueValues) {

    /** What of a user the caller may not see: the schema hides attributes from users themselves. */
    Set<String> hidden(Request request, User user) {
        if (request.caller().permissions().superAdmin()) {
            return Set.of();
        }
        Org org = request.org();
        return TypeAndSchema.of(schemas.of(org), org, user.typeId()).schema().attributes().stream()
                .filter(attribute -> attribute.self() == SelfAccess.HIDE)
                .map(ProfileAttribute::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Ends what the user is signed in with, wherever that is. */
    void signOut(UserWrites.Change change, User user) {
        belongings.signOut(change.tx(), change.request().org(), user.id());
        change.tx().emit(events.sessionsCleared(user));
    }

    /** As {@link #signOut}; devices on which a factor was proven stay so. */
    void signOutRemembered(UserWrites.Change change, User user) {
        belongings.signOutRemembered(change.tx(), change.request().org(), user.id());
        change.tx().emit(events.sessionsCleared(user));
    }

    /** The rules about passwords that were used before. */
    PasswordHistory passwordHistory(PasswordPolicy policy) {
        return new PasswordHistory(policy, hasher);
    }

    /** The parts over these neighbours. */
    public static UserParts of(
            PasswordHasher hasher,
            CredentialRules credentialRules,
            EventCatalogue catalogue,
            Tokens random,
            Outbox outbox,
            Memberships memberships,
            Belongings belongings,
            OrgSchemas schemas,
            OrgRealms realms,
            UserWatch watch) {
        UserTokenStore tokens = new UserTokenStore(random);
        return new UserParts(
                hasher,
                credentialRules,
                new UserEvents(catalogue),
                tokens,
                new Invitations(tokens, outbox),
                outbox,
                memberships,
                belongings,
                schemas,
                realms,
                watch,
                new UniqueValues());
    }
}
