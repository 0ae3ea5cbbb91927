package dev.ostiary.server.apps;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import java.util.Optional;

/** What this room asks of policies. Thread-safe. */
public interface AppPolicies {

    /** What policies may say of an app. */
    enum Kind {
        /** How people sign in to it. */
        ACCESS,
        /** How people enrol themselves. */
        ENROLLMENT
    }

    /** What a policy says of apps; nothing if it is of another type, or there is none of the id. */
    Optional<Kind> kind(Reader reader, Org org, String policyId);

    /** Whether there is a policy of this id, of whatever type. */
    boolean exists(Reader reader, Org org, String policyId);

    /** The policy that apps have by themselves. */
    String born(Kind kind, Org org);
}
