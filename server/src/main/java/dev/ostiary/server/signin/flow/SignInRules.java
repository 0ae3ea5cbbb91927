package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.signin.devices.Device;
import java.util.Optional;

/** Asks the org's policies about a sign-in. Implementations are thread-safe. */
public interface SignInRules {

    /**
     * What holds for this account, asked for by this request from this device. May ask the
     * database: not to be called in a transaction.
     *
     * @param app on the way to which app, where that is known
     */
    Rules of(Request request, Account account, Device device, Optional<Situation.App> app);

    /**
     * Asks of nobody what {@link #of} asks of a user, and forgets it: so that it takes as long to
     * find that there is no such user.
     */
    void ofNobody(Request request, Device device);
}
