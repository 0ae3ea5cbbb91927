package dev.ostiary.platform.access;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.org.Org;

/** Turns credentials into the caller that they prove. Implementations are thread-safe. */
public interface Authenticator {

    /**
     * The caller. Reads fresh state: a token that was revoked before the request began proves
     * nothing (P20).
     *
     * @param address the client's address, for tokens that are limited to networks
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000011} for credentials that prove
     *     nothing
     */
    Caller authenticate(Org org, Credentials credentials, IpAddress address);
}
