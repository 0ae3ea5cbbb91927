package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.sessions.Proofs;
import java.util.Optional;

/**
 * What holds for a sign-in, with what the app asks that it leads into. Asks the database: not to be
 * called in a transaction. Thread-safe.
 *
 * @param rules what the org asks
 * @param access what apps ask
 */
record WayRules(SignInRules rules, AppSignOn access, OrgClock clock) {

    private static final Actor NOBODY =
            new Actor("00u00000000000000000", "User", "unknown", "unknown");

    /**
     * What holds for an account.
     *
     * @param app on the way to which app, where that is known
     * @param destination the app that it leads into
     */
    Rules of(
            Request request,
            Account account,
            Device device,
            Optional<Situation.App> app,
            Optional<Destination> destination) {
        Rules valid = rules.of(request, account, device, app);
        return destination
                .map(
                        into ->
                                valid.into(
                                        asked(
                                                request,
                                                UserEvents.actor(account.user()),
                                                device,
                                                into)))
                .orElse(valid);
    }

    /** Takes as long, for nobody. */
    void ofNobody(Request request, Device device, Optional<Destination> destination) {
        rules.ofNobody(request, device);
        destination.ifPresent(into -> asked(request, NOBODY, device, into));
    }

    private AppSignOn.Asked asked(
            Request request, Actor user, Device device, Destination destination) {
        return access.asked(
                request.org(),
                new AppSignOn.Comer(
                        destination.target(),
                        user,
                        Proofs.NONE.proven(),
                        destination.begun(),
                        Optional.empty(),
                        device.token(),
                        clock.now(request.org())));
    }
}
