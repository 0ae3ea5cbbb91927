package dev.ostiary.server;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.Belongings.Removal;
import dev.ostiary.server.directory.users.UserParts;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.signin.authn.Authn;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.PolicyRules;
import dev.ostiary.server.signin.flow.SignInFactors;
import dev.ostiary.server.signin.flow.SignInRules;
import dev.ostiary.server.signin.flow.TransactionStore;
import dev.ostiary.server.signin.recovery.Recoveries;
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
    private final SessionAuthenticator sessions;

    SigningIn(House.Ground ground) {
        clock = new OrgClock(ground.time());
        signedIn = new SignedIn(ground.ids(), ground.tokens(), ground.events(), clock);
        sessions = new SessionAuthenticator(ground.database(), clock);
    }

    /** What ends when a user is signed out everywhere. */
    List<Removal> untilSignedOut() {
        return List.of(signedIn::signOut, transactions::signOut);
    }

    /** Whom a session's cookie speaks for. */
    Authentication authenticate(Org org, Credentials.SessionCookie cookies) {
        return sessions.authenticate(org, cookies);
    }

    /**
     * The families of this floor.
     *
     * @param users what is worked on users with
     * @param policies what the org's policies decide
     * @param engine proves factors
     */
    List<Family> families(
            House.Ground ground, UserParts users, PolicyDecisions policies, FactorEngine engine) {
        Accounts accounts = new Accounts(ground.database(), clock, users);
        SignInFactors factors = new SignInFactors(engine);
        SignInRules rules = new PolicyRules(accounts, policies);
        Flow flow =
                new Flow(
                        ground.database(),
                        clock,
                        accounts,
                        rules,
                        signedIn,
                        ground.tokens(),
                        transactions,
                        factors);
        RedirectTargets targets = new RedirectTargets(ground.database());
        Recoveries recoveries = new Recoveries(ground.database(), ground.events(), accounts, flow);
        return List.of(
                new Authn(
                        ground.database(),
                        ground.events(),
                        accounts,
                        flow,
                        recoveries,
                        targets,
                        factors),
                new Sessions(ground.database(), clock, ground.events(), signedIn),
                new SessionRedirect(ground.database(), signedIn, targets));
    }
}
