package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.signin.devices.Device;

/** Asks the org's policies about a sign-in. Implementations are thread-safe. */
public interface SignInRules {

    /**
     * What holds for this account, asked for by this request from this device. May ask the
     * database: not to be called in a transaction.
     */
    Rules of(Request request, Account account, Device device);

    /**
     * Asks of nobody what {@link #of} asks of a user, and forgets it: so that it takes as long to
     * find that there is no such user.
     */
    void ofNobody(Request request, Device device);
}
