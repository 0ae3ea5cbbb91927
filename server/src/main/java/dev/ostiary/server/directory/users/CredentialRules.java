package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.users.password.BreachedPasswords;
import dev.ostiary.server.directory.users.password.CommonPasswords;
import dev.ostiary.server.directory.users.password.PasswordPolicies;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.util.Collection;

/**
 * What a password and an answer have to be like, for whom. Thread-safe.
 *
 * @param policies which password policy an org has for whom
 * @param common passwords that everybody uses
 * @param breached passwords that others have
 */
public record CredentialRules(
        PasswordPolicies policies, CommonPasswords common, BreachedPasswords breached) {

    /** Nobody knows of breaches. */
    public CredentialRules(PasswordPolicies policies, CommonPasswords common) {
        this(policies, common, BreachedPasswords.NONE);
    }

    /** In an org that nobody has touched. */
    NewCredentials.Rules ofFresh() {
        return new NewCredentials.Rules(PasswordPolicy.observedDefault(), common);
    }

    /** For somebody who is being made, in these groups. */
    NewCredentials.Rules ofNew(Org org, Collection<String> groupIds) {
        return new NewCredentials.Rules(policies.ofNew(org, groupIds), common);
    }

    /** For a user; costs a query where the org's policies depend on groups. */
    NewCredentials.Rules of(Org org, String userId) {
        return new NewCredentials.Rules(policies.of(org, userId), common);
    }

    /** The same for whoever is reading already. */
    NewCredentials.Rules of(Reader reader, Org org, String userId) {
        return new NewCredentials.Rules(policies.of(reader, org, userId), common);
    }
}
