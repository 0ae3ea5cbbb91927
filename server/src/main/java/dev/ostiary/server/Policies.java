package dev.ostiary.server;

import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.uischemas.UiSchemas;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.password.PasswordPolicies;
import dev.ostiary.server.directory.usertypes.UserTypeNames;
import dev.ostiary.server.hooks.inline.InlineHooks;
import dev.ostiary.server.policy.EntityRisk;
import dev.ostiary.server.policy.Nameable;
import dev.ostiary.server.policy.OrgPasswordPolicies;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.policy.PolicyFamilies;
import dev.ostiary.server.security.behaviours.Behaviours;
import dev.ostiary.server.security.zones.OrgZones;
import dev.ostiary.server.signin.authenticators.OrgAuthenticators;
import java.util.List;

/** The policies' floor of the {@linkplain House house}. */
final class Policies {

    private final PolicyFamilies families;
    private final OrgPasswordPolicies passwordPolicies;
    private final PolicyDecisions decisions;
    private final EntityRisk entityRisk;

    Policies(House.Ground ground, OrgZones zones) {
        Memberships memberships = new Memberships(ground.time());
        decisions = new PolicyDecisions(ground.database(), zones, memberships);
        entityRisk = new EntityRisk(decisions, ground.events());
        passwordPolicies = new OrgPasswordPolicies(ground.database(), memberships);
        families =
                new PolicyFamilies(
                        ground.database(),
                        ground.ids(),
                        ground.time(),
                        ground.events(),
                        zones,
                        new OrgSchemas(ground.database()),
                        new UserDirectory(),
                        memberships,
                        Applications.governed(),
                        Applications.simulated(),
                        nameable());
    }

    /** There are no identity providers yet. */
    private static Nameable nameable() {
        AppStore apps = new AppStore();
        return new Nameable(
                (reader, org, id) -> apps.find(reader, org, id).isPresent(),
                new OrgAuthenticators()::has,
                Behaviours::has,
                Nameable.Known.NONE,
                (reader, org, id) -> InlineHooks.has(reader, id),
                (reader, org, id) -> UiSchemas.has(reader, id),
                new UserTypeNames()::has);
    }

    /** What the directory asks of passwords. */
    PasswordPolicies passwordPolicies() {
        return passwordPolicies;
    }

    /** What they do about users at risk. */
    EntityRisk entityRisk() {
        return entityRisk;
    }

    /** What they decide. */
    PolicyDecisions decisions() {
        return decisions;
    }

    List<Family> families() {
        return families.families();
    }
}
