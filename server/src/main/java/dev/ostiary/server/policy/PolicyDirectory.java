package dev.ostiary.server.policy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.Optional;

/** Where neighbours find policies. Thread-safe. */
public final class PolicyDirectory {

    private final PolicySet policies = new PolicySet(new PolicyStore());

    /** The type of a policy; nothing if there is none of this id. */
    public Optional<PolicyType> type(Reader reader, Org org, String policyId) {
        return policies.find(reader, org, policyId).map(Policy::type);
    }

    /** The id of the policy of a type that every org is born with. */
    public static String born(PolicyType type, Org org) {
        return Born.policyId(type, org);
    }
}
