package dev.ostiary.server;

import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.UserParts;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.signin.authn.Authn;
import dev.ostiary.server.signin.authn.PasswordSignIn;
import dev.ostiary.server.signin.authn.StepUpRedirect;
import dev.ostiary.server.signin.devices.RememberedDevices;
import dev.ostiary.server.signin.devices.UnknownDevices;
import dev.ostiary.server.signin.direct.DirectProofs;
import dev.ostiary.server.signin.direct.DirectSignIn;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.flow.Arrivals;
import dev.ostiary.server.signin.flow.Destinations;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.PolicyRules;
import dev.ostiary.server.signin.flow.Redemptions;
import dev.ostiary.server.signin.flow.SignInFactors;
import dev.ostiary.server.signin.flow.SignInRules;
import dev.ostiary.server.signin.flow.SignOnLog;
import dev.ostiary.server.signin.flow.StepUps;
import dev.ostiary.server.signin.flow.TransactionStore;
import dev.ostiary.server.signin.recovery.ChallengeTokens;
import dev.ostiary.server.signin.recovery.PhoneRecoveries;
import dev.ostiary.server.signin.recovery.Recoveries;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.SignedIn;
import java.util.List;

/**
 * The doors of the sign-in floor of the {@linkplain House house}: whichever way users come in, the
 * same flow, rules and accounts stand behind it.
 */
final class WaysIn {

    private final House.Ground ground;
    private final Kept kept;
    private final Protection protection;
    private final FactorEngine engine;
    private final Accounts accounts;
    private final SignInRules rules;
    private final SignInFactors factors;
    private final Flow flow;
    private final Destinations destinations;
    private final Arrivals arrivals;

    /** What is kept of sign-ins. */
    record Kept(
            OrgClock clock,
            SignedIn signedIn,
            TransactionStore transactions,
            RememberedDevices devices,
            UnknownDevices unknownDevices) {}

    WaysIn(
            House.Ground ground,
            Kept kept,
            UserParts users,
            PolicyDecisions policies,
            AppSignOn signOn,
            Destinations destinations,
            Protection protection,
            FactorEngine engine) {
        Database database = ground.database();
        this.ground = ground;
        this.kept = kept;
        this.protection = protection;
        this.engine = engine;
        this.destinations = destinations;
        arrivals = new Arrivals(database, kept.clock(), destinations, ground.tokens());
        accounts = new Accounts(database, kept.clock(), users);
        factors = new SignInFactors(engine);
        rules =
                new PolicyRules(
                        database,
                        kept.clock(),
                        accounts,
                        policies,
                        protection.behaviours(),
                        protection.threats(),
                        protection.attacks(),
                        kept.devices(),
                        ground.atlas());
        flow =
                new Flow(
                        database,
                        kept.clock(),
                        accounts,
                        rules,
                        signOn,
                        kept.signedIn(),
                        ground.tokens(),
                        kept.transactions(),
                        factors,
                        protection.behaviours(),
                        kept.unknownDevices(),
                        new SignOnLog(ground.events()),
                        List.of(arrivals, new ChallengeTokens(kept.clock())));
    }

    /** By their passwords alone. */
    PasswordSignIn passwords() {
        return new PasswordSignIn(
                ground.database(),
                ground.events(),
                accounts,
                flow,
                protection.threats(),
                kept.unknownDevices());
    }

    /** By more than their session shows. */
    StepUps stepUps() {
        return new StepUps(ground.database(), accounts, rules, flow);
    }

    /** By a page of the org's own, on the way to an app. */
    Arrivals arrivals() {
        return arrivals;
    }

    /**
     * Where they go on into an app.
     *
     * @param sessions who is signed in
     */
    Family redirect(BrowserSessions sessions) {
        return new StepUpRedirect(
                new Redemptions(
                        ground.database(),
                        kept.clock(),
                        kept.transactions(),
                        kept.signedIn(),
                        sessions));
    }

    /** By their factors, to clients that talk with them. */
    DirectProofs direct() {
        return new DirectSignIn(
                ground.database(), accounts, flow, factors, new SignOnLog(ground.events()));
    }

    /**
     * By the Authentication API, and so by pages.
     *
     * @param outbox takes what is sent
     */
    Family family(RedirectTargets targets, MessageOutbox outbox) {
        Recoveries recoveries =
                new Recoveries(ground.database(), ground.events(), accounts, flow, engine);
        return new Authn(
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
                destinations,
                arrivals,
                kept.devices(),
                kept.unknownDevices(),
                protection.threats(),
                ground.tokens());
    }
}
