package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.org.Org;
import java.util.Set;

/**
 * Of which models the security keys are that a user may enrol outside of a sign-in (schema {@code
 * AuthenticatorEnrollmentPolicyAuthenticatorSettings}, constraints). Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface KeyGroups {

    /**
     * The names of the org's groups of models; none for any model. May ask the database: not to be
     * called in a transaction.
     */
    Set<String> of(Org org, String userId);
}
