package dev.ostiary.server.policy;

import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.event.LogClient;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.TypeIds;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.policy.engine.Person;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.security.behaviours.Behaviours;
import dev.ostiary.server.security.behaviours.Findings;
import dev.ostiary.server.security.behaviours.Risk;
import dev.ostiary.server.security.behaviours.SignIn;
import dev.ostiary.server.security.threat.Threats;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds all that is known of a user who is there: who that is, where, on what, how risky it is and
 * what is new about it. Nothing that a rule can ask for stays unknown, but where an address is that
 * nobody sees. No device is enrolled with this server: so none is registered, none is managed, and
 * none fulfils an assurance. One reading; not to be called in a transaction. Thread-safe.
 */
public final class Circumstances implements AppSignOn.SituationOf {

    /** No device is enrolled with this server, and none is managed. */
    private static final Situation.Device UNKNOWN_DEVICE =
            new Situation.Device(false, Optional.of(false), Optional.of(Set.of()));

    private final Database database;
    private final PolicyDecisions policies;
    private final Behaviours behaviours;
    private final Threats threats;
    private final Atlas atlas;
    private final ExpressionRules expressions;
    private final UserDirectory users = new UserDirectory();
    private final PolicyStore store = new PolicyStore();

    /** As these know them. */
    public Circumstances(
            Database database,
            PolicyDecisions policies,
            Behaviours behaviours,
            Threats threats,
            Atlas atlas,
            OrgSchemas schemas) {
        this.database = database;
        this.policies = policies;
        this.behaviours = behaviours;
        this.threats = threats;
        this.atlas = atlas;
        this.expressions = new ExpressionRules(schemas);
    }

    private record Known(
            Optional<User> user,
            Set<String> groups,
            List<Group> named,
            List<SignIn> past,
            boolean suspected) {}

    @Override
    public Situation find(Org org, String userId, Optional<String> device, Instant now) {
        LogClient client = RequestContext.current().client();
        SignIn here = here(client, device, now);
        Threats.Watched watched = threats.at(org, here.address());
        Known known =
                database.read(org.number(), reader -> known(reader, org, userId, watched, now));
        Risk risk = Risk.of(here, known.past(), known.suspected());
        Findings findings = behaviours.of(org).judge(here, known.past());
        Situation.Platform platform = Platforms.of(client);
        Situation.Level level = level(risk);
        Situation situation =
                policies.here(org, person(org, userId, known))
                        .noticing(findings.matchingIds())
                        .at(level)
                        .on(UNKNOWN_DEVICE)
                        .on(platform);
        return known.user()
                .map(
                        user ->
                                situation.judging(
                                        expressions.of(
                                                org,
                                                user,
                                                new ExpressionRules.Sight(
                                                        known.named(),
                                                        Optional.of(level),
                                                        findings.matching(),
                                                        Optional.of(platform.os()),
                                                        now))))
                .orElse(situation);
    }

    private Known known(
            Reader reader, Org org, String userId, Threats.Watched watched, Instant now) {
        Set<String> groups = policies.groups(reader, org, userId);
        return new Known(
                users.byId(reader, userId),
                groups,
                store.groups(reader, groups),
                behaviours.past(reader, userId),
                watched.judge(reader, now).suspected());
    }

    private SignIn here(LogClient client, Optional<String> device, Instant now) {
        @Nullable String text = client.ipAddress();
        @Nullable IpAddress address = text == null ? null : IpAddress.parse(text);
        return SignIn.of(
                now,
                device.orElse(null),
                address,
                address == null ? Place.unknown() : atlas.of(address));
    }

    private static Person person(Org org, String userId, Known known) {
        Person person = Person.of(userId, known.groups());
        return known.user()
                .map(user -> person.with(typeOf(org, user), user.profile().document()))
                .orElse(person);
    }

    /** The id of a user's type; most have the one that every org is born with. */
    static String typeOf(Org org, User user) {
        @Nullable String type = user.typeId();
        return type == null ? TypeIds.ofDefault(org) : type;
    }

    /** A risk as rules name it. */
    public static Situation.Level level(Risk risk) {
        return switch (risk.level()) {
            case LOW -> Situation.Level.LOW;
            case MEDIUM -> Situation.Level.MEDIUM;
            case HIGH -> Situation.Level.HIGH;
        };
    }
}
