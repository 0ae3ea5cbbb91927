package dev.ostiary.server.policy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.List;

/** Which apps a policy governs; apps say it, and know it. */
@FunctionalInterface
public interface GovernedApps {

    /** The ids of the apps that a policy governs. */
    List<String> of(Reader reader, Org org, String policyId);

    /** As long as there are no apps. */
    static GovernedApps none() {
        return (reader, org, policyId) -> List.of();
    }
}
