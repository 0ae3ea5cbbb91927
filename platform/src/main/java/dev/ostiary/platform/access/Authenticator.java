package dev.ostiary.platform.access;

import dev.ostiary.platform.org.Org;

/** Turns credentials into the caller that they prove. Implementations are thread-safe. */
public interface Authenticator {

    /**
     * The caller, or {@code E0000011} for credentials that prove nothing. Reads fresh state: a
     * token that was revoked before the request began proves nothing (P20).
     *
     * @param presentation how they came
     */
    Authentication authenticate(Org org, Credentials credentials, Presentation presentation);
}
