package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.policy.Circumstances;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.policy.SignOnDecision;
import dev.ostiary.server.policy.engine.Person;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.security.behaviours.Behaviours;
import dev.ostiary.server.security.behaviours.OrgBehaviours;
import dev.ostiary.server.security.behaviours.Risk;
import dev.ostiary.server.security.behaviours.SignIn;
import dev.ostiary.server.security.threat.AttackProtection;
import dev.ostiary.server.security.threat.Threats;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.devices.RememberedDevices;
import dev.ostiary.server.signin.flow.Rules.Lockout;
import dev.ostiary.server.signin.flow.Rules.Remembered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of a sign-in as the org's policies have them: those of the type OKTA_SIGN_ON say who
 * comes in, whether a further factor is asked for and how long the session lasts; those of the type
 * PASSWORD what holds of the password; those of the type MFA_ENROLL what is enrolled on the way.
 * They are asked about the person, the place, the door, what is new and the risk. Policies come out
 * of memory; what is asked of the database is what is known of the user, in one go. Thread-safe.
 */
public final class PolicyRules implements SignInRules {

    /** The id that no user has. */
    private static final String NOBODY = "00u00000000000000000";

    private final Database database;
    private final OrgClock clock;
    private final Accounts accounts;
    private final PolicyDecisions policies;
    private final Behaviours behaviours;
    private final Threats threats;
    private final AttackProtection attacks;
    private final RememberedDevices devices;
    private final Atlas atlas;

    public PolicyRules(
            Database database,
            OrgClock clock,
            Accounts accounts,
            PolicyDecisions policies,
            Behaviours behaviours,
            Threats threats,
            AttackProtection attacks,
            RememberedDevices devices,
            Atlas atlas) {
        this.database = database;
        this.clock = clock;
        this.accounts = accounts;
        this.policies = policies;
        this.behaviours = behaviours;
        this.threats = threats;
        this.attacks = attacks;
        this.devices = devices;
        this.atlas = atlas;
    }

    /** What the database knows of the user. */
    private record Known(
            Set<String> groups,
            List<SignIn> past,
            Optional<Instant> proven,
            boolean suspected,
            boolean apart) {}

    @Override
    public void ofNobody(Request request, Device device) {
        Org org = request.org();
        known(org, NOBODY, here(org, device), device);
    }

    private Known known(Org org, String user, SignIn here, Device device) {
        boolean byGroups = policies.asksForGroups(org);
        Threats.Watched watched = threats.at(org, here.address());
        boolean apart = attacks.lockout(org).preventBruteForceLockoutFromUnknownDevices();
        return database.lookUp(
                org.number(),
                reader ->
                        new Known(
                                byGroups ? policies.groups(reader, org, user) : Set.of(),
                                behaviours.past(reader, user),
                                devices.provenAt(reader, user, device),
                                watched.judge(reader, here.at()).suspected(),
                                apart));
    }

    @Override
    public Rules of(Request request, Account account, Device device, Optional<Situation.App> app) {
        Org org = request.org();
        String user = account.user().id();
        OrgBehaviours remarkable = behaviours.of(org);
        SignIn here = here(org, device);
        Known known = known(org, user, here, device);
        Observation observation =
                new Observation(
                        here,
                        remarkable.judge(here, known.past()),
                        Risk.of(here, known.past(), known.suspected()));
        Situation anywhere =
                policies.here(org, Person.of(user, known.groups()))
                        .noticing(observation.findings().matchingIds())
                        .at(Circumstances.level(observation.risk()));
        Situation situation = app.map(anywhere::to).orElse(anywhere);
        SignOnDecision signOn = policies.signOn(org, situation);
        return new Rules(
                signOn,
                accounts.policy(org, account),
                policies.password(org, situation),
                new Enrolling(policies.enrolment(org, situation)),
                observation,
                remembered(signOn, known.proven(), here.at()),
                lockout(known, here));
    }

    /** Who has no device of its own yet is protected as everybody else is. */
    private static Lockout lockout(Known known, SignIn here) {
        List<TokenHash> own =
                known.past().stream()
                        .flatMap(each -> Optional.ofNullable(each.device()).stream())
                        .toList();
        if (!known.apart() || own.isEmpty()) {
            return Lockout.ACCOUNT;
        }
        TokenHash device = here.device();
        return device != null && own.contains(device)
                ? Lockout.OWN_DEVICES
                : Lockout.UNKNOWN_DEVICES;
    }

    private SignIn here(Org org, Device device) {
        IpAddress address = Flow.address();
        return SignIn.of(
                clock.now(org),
                device.name().orElse(null),
                address,
                address == null ? Place.unknown() : atlas.of(address));
    }

    private static Remembered remembered(
            SignOnDecision signOn, Optional<Instant> proven, Instant now) {
        if (proven.isEmpty() || signOn.factor().isEmpty()) {
            return Remembered.NOT;
        }
        Instant when = proven.get();
        SignOnDecision.Factor factor = signOn.factor().get();
        return switch (factor.prompt()) {
            case ALWAYS -> Remembered.NOT;
            case DEVICE -> Remembered.STILL;
            case SESSION -> isWithin(when, factor.lifetime(), now);
        };
    }

    private static Remembered isWithin(Instant proven, Duration lifetime, Instant now) {
        return now.isBefore(proven.plus(lifetime)) ? Remembered.STILL : Remembered.LONG_AGO;
    }
}
