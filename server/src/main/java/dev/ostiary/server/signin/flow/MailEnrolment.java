package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.directory.users.UserWatch;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.policy.engine.Person;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.policy.kind.PolicyType;
import dev.ostiary.server.signin.factors.FactorContext;
import dev.ostiary.server.signin.factors.FactorEngine;
import java.util.Set;

/**
 * Enrols the mail address of users when they are made, or have another one, where the enrolment
 * policy says that it enrols by itself (Policy API, {@code autoEnroll}). Orgs that have never
 * touched these policies pay nothing for it. Thread-safe.
 */
public final class MailEnrolment implements UserWatch {

    private static final PolicyType TYPE = PolicyType.MFA_ENROLL;

    private final OrgClock clock;
    private final PolicyDecisions policies;
    private final FactorEngine engine;

    public MailEnrolment(OrgClock clock, PolicyDecisions policies, FactorEngine engine) {
        this.clock = clock;
        this.policies = policies;
        this.engine = engine;
    }

    @Override
    public void changed(Tx tx, Org org, User user) {
        if (policies.isUntouched(org, TYPE)) {
            return;
        }
        Set<String> groups =
                policies.asksForGroups(org, TYPE) ? policies.groups(tx, org, user.id()) : Set.of();
        Situation situation = Situation.of(Person.of(user.id(), groups)).provenBy(Situation.OKTA);
        if (new Enrolling(policies.enrolment(org, situation)).enrolsMail()) {
            engine.enrolMail(new FactorContext(tx, org, user, "", clock.now(org)));
        }
    }

    @Override
    public void changed(Tx tx, Org org, User before, User after) {
        if (after.status() != UserStatus.DEPROVISIONED && !address(after).equals(address(before))) {
            changed(tx, org, after);
        }
    }

    private static String address(User user) {
        return user.profile().document().path("email").asString("");
    }
}
