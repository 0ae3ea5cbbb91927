package dev.ostiary.server;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.directory.users.Belongings.Removal;
import dev.ostiary.server.directory.users.UserParts;
import dev.ostiary.server.myaccount.MySessions;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.signin.devices.RememberedDevices;
import dev.ostiary.server.signin.devices.UnknownDevices;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.flow.Destinations;
import dev.ostiary.server.signin.flow.TransactionStore;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.SessionAuthenticator;
import dev.ostiary.server.signin.sessions.SessionRedirect;
import dev.ostiary.server.signin.sessions.Sessions;
import dev.ostiary.server.signin.sessions.SignedIn;
import java.util.List;

/** The sign-in floor of the {@linkplain House house}: how users come in, and what keeps them in. */
final class SigningIn {

    private final OrgClock clock;
    private final SignedIn signedIn;
    private final TransactionStore transactions = new TransactionStore();
    private final RememberedDevices devices = new RememberedDevices();
    private final UnknownDevices unknownDevices = new UnknownDevices();
    private final SessionAuthenticator sessions;
    private final BrowserSessions browsers;

    SigningIn(House.Ground ground) {
        clock = new OrgClock(ground.time());
        signedIn = new SignedIn(ground.ids(), ground.tokens(), ground.events(), clock);
        sessions = new SessionAuthenticator(ground.database(), clock);
        browsers = new BrowserSessions(ground.database(), signedIn, ground.events(), clock);
    }

    /** Sessions of browsers that other sites send here. */
    BrowserSessions browsers() {
        return browsers;
    }

    /** What ends when a user is signed out everywhere. */
    List<Removal> untilSignedOut() {
        return List.of(signedIn::signOut, transactions::signOut);
    }

    /** Sign-ins under way. */
    Removal begunSignIns() {
        return transactions::signOut;
    }

    /** The devices on which a user need not prove a factor again. */
    Removal devices() {
        return devices::forget;
    }

    /** Whom a session's cookie speaks for. */
    Authentication authenticate(Org org, Credentials.SessionCookie cookies) {
        return sessions.authenticate(org, cookies);
    }

    /**
     * How users come in.
     *
     * @param users what is worked on users with
     * @param policies what the org's policies decide
     * @param signOn what apps ask of sign-ins
     * @param destinations which apps sign-ins lead into
     * @param protection what is remarkable about a sign-in
     * @param engine proves factors
     */
    WaysIn ways(
            House.Ground ground,
            UserParts users,
            PolicyDecisions policies,
            AppSignOn signOn,
            Destinations destinations,
            Protection protection,
            FactorEngine engine) {
        return new WaysIn(
                ground,
                new WaysIn.Kept(clock, signedIn, transactions, devices, unknownDevices),
                users,
                policies,
                signOn,
                destinations,
                protection,
                engine);
    }

    /** Sessions, and the families of those who come in. */
    List<Family> families(House.Ground ground, WaysIn ways, MessageOutbox outbox) {
        RedirectTargets targets = new RedirectTargets(ground.database());
        return List.of(
                ways.family(targets, outbox),
                ways.redirect(browsers),
                new Sessions(ground.database(), clock, ground.events(), signedIn),
                new MySessions(ground.database(), ground.events(), signedIn, transactions::signOut),
                new SessionRedirect(ground.database(), signedIn, targets));
    }
}
