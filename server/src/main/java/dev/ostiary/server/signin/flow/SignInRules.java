package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.signin.devices.Device;

/** Asks the org's policies about a sign-in. Implementations are thread-safe. */
@FunctionalInterface
public interface SignInRules {

    /**
     * What holds for this account, asked for by this request from this device. May ask the
     * database: not to be called in a transaction.
     */
    Rules of(Request request, Account account, Device device);
}
