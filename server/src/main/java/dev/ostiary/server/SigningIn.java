package dev.ostiary.server;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.Belongings.Removal;
import dev.ostiary.server.directory.users.UserParts;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.signin.authn.Authn;
import dev.ostiary.server.signin.authn.PasswordSignIn;
import dev.ostiary.server.signin.devices.RememberedDevices;
import dev.ostiary.server.signin.devices.UnknownDevices;
import dev.ostiary.server.signin.direct.DirectProofs;
import dev.ostiary.server.signin.direct.DirectSignIn;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.PolicyRules;
import dev.ostiary.server.signin.flow.SignInFactors;
import dev.ostiary.server.signin.flow.SignInRules;
import dev.ostiary.server.signin.flow.SignOnLog;
import dev.ostiary.server.signin.flow.StepUps;
import dev.ostiary.server.signin.flow.TransactionStore;
import dev.ostiary.server.signin.recovery.PhoneRecoveries;
import dev.ostiary.server.signin.recovery.Recoveries;
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
        browsers = new BrowserSessions(signedIn, ground.events(), clock);
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

    /** How users come in. */
    private record Parts(Accounts accounts, SignInRules rules, Flow flow, SignInFactors factors) {}

    private Parts parts(
            House.Ground ground,
            UserParts users,
            PolicyDecisions policies,
            Protection protection,
            FactorEngine engine) {
        Accounts accounts = new Accounts(ground.database(), clock, users);
        SignInFactors factors = new SignInFactors(engine);
        SignInRules rules =
                new PolicyRules(
                        ground.database(),
                        clock,
                        accounts,
                        policies,
                        protection.behaviours(),
                        protection.threats(),
                        protection.attacks(),
                        devices,
                        ground.atlas());
        Flow flow =
                new Flow(
                        ground.database(),
                        clock,
                        accounts,
                        rules,
                        signedIn,
                        ground.tokens(),
                        transactions,
                        factors,
                        protection.behaviours(),
                        unknownDevices,
                        new SignOnLog(ground.events()));
        return new Parts(accounts, rules, flow, factors);
    }

    /** Proves users by their passwords alone. */
    PasswordSignIn passwords(
            House.Ground ground,
            UserParts users,
            PolicyDecisions policies,
            Protection protection,
            FactorEngine engine) {
        Parts parts = parts(ground, users, policies, protection, engine);
        return new PasswordSignIn(
                ground.database(),
                ground.events(),
                parts.accounts(),
                parts.flow(),
                protection.threats(),
                unknownDevices);
    }

    /** Lets whoever is signed in prove more. */
    StepUps stepUps(
            House.Ground ground,
            UserParts users,
            PolicyDecisions policies,
            Protection protection,
            FactorEngine engine) {
        Parts parts = parts(ground, users, policies, protection, engine);
        return new StepUps(ground.database(), parts.accounts(), parts.rules(), parts.flow());
    }

    /** Proves users by their factors to clients that talk with them. */
    DirectProofs direct(
            House.Ground ground,
            UserParts users,
            PolicyDecisions policies,
            Protection protection,
            FactorEngine engine) {
        Parts parts = parts(ground, users, policies, protection, engine);
        return new DirectSignIn(
                ground.database(),
                parts.accounts(),
                parts.flow(),
                parts.factors(),
                new SignOnLog(ground.events()));
    }

    /**
     * The families of this floor.
     *
     * @param users what is worked on users with
     * @param policies what the org's policies decide
     * @param protection what is remarkable about a sign-in
     * @param engine proves factors
     * @param outbox takes what is sent
     */
    List<Family> families(
            House.Ground ground,
            UserParts users,
            PolicyDecisions policies,
            Protection protection,
            FactorEngine engine,
            MessageOutbox outbox) {
        Parts parts = parts(ground, users, policies, protection, engine);
        Accounts accounts = parts.accounts();
        SignInFactors factors = parts.factors();
        Flow flow = parts.flow();
        RedirectTargets targets = new RedirectTargets(ground.database());
        Recoveries recoveries =
                new Recoveries(ground.database(), ground.events(), accounts, flow, engine);
        return List.of(
                new Authn(
                        ground.database(),
                        ground.events(),
                        accounts,
                        flow,
                        recoveries,
                        new PhoneRecoveries(
                                ground.database(),
                                accounts,
                                flow,
                                recoveries,
                                engine,
                                outbox,
                                ground.tokens(),
                                ground.codes()),
                        targets,
                        factors,
                        devices,
                        unknownDevices,
                        protection.threats(),
                        ground.tokens()),
                new Sessions(ground.database(), clock, ground.events(), signedIn),
                new SessionRedirect(ground.database(), signedIn, targets));
    }
}
