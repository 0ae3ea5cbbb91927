package dev.ostiary.server;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.customization.domains.TxtRecords;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.security.origins.CorsOrigins;
import dev.ostiary.server.signin.authenticators.Authenticators;
import dev.ostiary.server.signin.authenticators.OrgAuthenticators;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.factors.FactorPictures;
import dev.ostiary.server.signin.factors.PushDevices;
import dev.ostiary.server.signin.factors.UserFactors;
import dev.ostiary.server.signin.yubikeys.YubikeyTokens;
import java.util.List;

/** The room of the {@linkplain House house} in which users prove who they are. */
final class Factors {

    private final FactorEngine engine;
    private final List<Family> families;

    Factors(
            House.Ground ground,
            PasswordHasher hasher,
            MessageOutbox outbox,
            TxtRecords dns,
            PolicyDecisions policies) {
        UserDirectory users = new UserDirectory();
        CorsOrigins origins = new CorsOrigins(ground.database());
        engine =
                new FactorEngine(
                        ground.ids(),
                        hasher,
                        ground.sealed(),
                        ground.codes(),
                        ground.tokens(),
                        ground.random(),
                        outbox,
                        ground.events(),
                        (org, origin) -> origins.trusts(org, org.versions(), origin),
                        new OrgAuthenticators());
        families =
                List.of(
                        new Authenticators(
                                ground.database(),
                                ground.ids(),
                                ground.time(),
                                ground.events(),
                                dns),
                        new YubikeyTokens(
                                ground.database(),
                                ground.ids(),
                                ground.time(),
                                ground.events(),
                                ground.sealed()),
                        new UserFactors(
                                ground.database(),
                                ground.time(),
                                users,
                                engine,
                                (org, userId) -> policies.enrolment(org, userId).keyGroups()),
                        new PushDevices(
                                ground.database(),
                                ground.time(),
                                users,
                                ground.tokens(),
                                engine,
                                ground.events()),
                        new FactorPictures(ground.database(), ground.sealed(), users));
    }

    /** Verifies factors, for whoever signs users in. */
    FactorEngine engine() {
        return engine;
    }

    /** A user has none any more. */
    void removeAll(Tx tx, Org org, String userId) {
        engine.removeAll(tx, org, userId);
    }

    List<Family> families() {
        return families;
    }
}
