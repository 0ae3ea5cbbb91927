package dev.ostiary.server.directory.users.password;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.Collection;

/**
 * Which password policy an org has for whom, at the versions of its configuration that the request
 * learned. Thread-safe.
 */
public interface PasswordPolicies {

    /** Of somebody who is being made, in these groups. Costs no query where nothing has changed. */
    PasswordPolicy ofNew(Org org, Collection<String> groupIds);

    /** Of a user. Costs a query where the org's policies depend on groups, else none. */
    PasswordPolicy of(Org org, String userId);

    /** The same for whoever is reading already. */
    PasswordPolicy of(Reader reader, Org org, String userId);

    /** The same policy for everybody. */
    static PasswordPolicies always(PasswordPolicy policy) {
        return new PasswordPolicies() {
            @Override
            public PasswordPolicy ofNew(Org org, Collection<String> groupIds) {
                return policy;
            }

            @Override
            public PasswordPolicy of(Org org, String userId) {
                return policy;
            }

            @Override
            public PasswordPolicy of(Reader reader, Org org, String userId) {
                return policy;
            }
        };
    }
}
