package dev.ostiary.server.policy;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.policy.SimulationBody.Body;
import dev.ostiary.server.policy.SimulationBody.Context;
import dev.ostiary.server.policy.SimulationBody.Device;
import dev.ostiary.server.policy.SimulationBody.Ids;
import dev.ostiary.server.policy.SimulationBody.OneId;
import dev.ostiary.server.policy.SimulationBody.Risk;
import dev.ostiary.server.policy.engine.Person;
import dev.ostiary.server.policy.engine.PolicyDecision;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.policy.engine.Whereabouts;
import dev.ostiary.server.policy.kind.PolicyType;
import dev.ostiary.server.security.zones.OrgZones;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What policies would decide, of the tag Policy: found by the same evaluator that decides. Changes
 * nothing. Thread-safe.
 */
final class Simulations implements Family {

    /** More at once help nobody. */
    private static final int MOST = 20;

    private final Database database;
    private final InstantSource time;
    private final OrgZones zones;
    private final UserDirectory users;
    private final Memberships memberships;
    private final ExpressionRules expressions;
    private final PolicyDecisions decisions;
    private final PolicyStore store;
    private final SimulatedApps apps;

    Simulations(
            Database database,
            InstantSource time,
            OrgZones zones,
            UserDirectory users,
            Memberships memberships,
            ExpressionRules expressions,
            PolicyDecisions decisions,
            PolicyStore store,
            SimulatedApps apps) {
        this.apps = apps;
        this.database = database;
        this.time = time;
        this.zones = zones;
        this.users = users;
        this.memberships = memberships;
        this.expressions = expressions;
        this.decisions = decisions;
        this.store = store;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("createPolicySimulation", this::simulate)
                        .takes(
                                Schema.either(
                                        Schema.list(Body.SHAPE.schema(Way.IN)),
                                        Body.SHAPE.schema(Way.IN)))
                        .answersMany(SimulationJson.SCHEMA));
    }

    private Reply simulate(Request request) {
        Org org = request.org();
        List<SimulationJson.Evaluation> evaluations =
                database.read(
                        org.number(),
                        reader -> {
                            List<SimulationJson.Evaluation> all = new ArrayList<>();
                            for (Body body : bodies(request)) {
                                all.addAll(evaluations(reader, org, body));
                            }
                            return all;
                        });
        List<String> expand = request.query().values().getOrDefault("expand", List.of());
        return Reply.list(
                evaluations,
                (evaluation, out) ->
                        evaluation.write(out, names(expand, "EVALUATED"), names(expand, "RULE")));
    }

    /** A list with commas, or the parameter again and again. */
    private static boolean names(List<String> expand, String what) {
        return expand.stream().anyMatch(text -> text.contains(what));
    }

    /** What each type would decide: of those that apps are given, the app's own policy. */
    private List<SimulationJson.Evaluation> evaluations(Reader reader, Org org, Body body) {
        SimulatedApps.App app =
                apps.find(reader, org, body.appInstance())
                        .orElseThrow(
                                () -> ApiException.notFound(body.appInstance(), "AppInstance"));
        Situation situation = situation(reader, org, body, app);
        return body.types().stream()
                .map(
                        type ->
                                new SimulationJson.Evaluation(
                                        type, decided(org, app, type, situation)))
                .toList();
    }

    private PolicyDecision decided(
            Org org, SimulatedApps.App app, PolicyType type, Situation situation) {
        return switch (type) {
            case ACCESS_POLICY -> decisions.decide(org, type, app.accessPolicy(), situation);
            case PROFILE_ENROLLMENT ->
                    decisions.decide(org, type, app.enrolmentPolicy(), situation);
            case OKTA_SIGN_ON,
                    PASSWORD,
                    MFA_ENROLL,
                    IDP_DISCOVERY,
                    POST_AUTH_SESSION,
                    ENTITY_RISK,
                    SESSION_VIOLATION_DETECTION,
                    CLIENT_UPDATE,
                    DEVICE_SIGNAL_COLLECTION,
                    IDENTITY_CLAIM_SOURCING ->
                    decisions.decide(org, type, situation);
        };
    }

    /** An array of simulations, or one of them. */
    private static List<Body> bodies(Request request) {
        JsonNode json = request.json();
        Reading reading = new Reading();
        Path at = Path.root("simulation");
        List<Body> bodies = new ArrayList<>();
        if (json.isObject()) {
            Body.SHAPE.read(json, at, reading).ifPresent(bodies::add);
        } else if (!json.isArray() || json.isEmpty()) {
            throw ApiException.of("E0000003");
        } else if (json.size() > MOST) {
            reading.wrong(at.field("simulations"), "must be at most " + MOST + " simulations");
        } else {
            for (int i = 0; i < json.size(); i++) {
                Body.SHAPE.read(json.get(i), at.item(i), reading).ifPresent(bodies::add);
            }
        }
        reading.finish();
        return bodies;
    }

    private Situation situation(Reader reader, Org org, Body body, SimulatedApps.App app) {
        Context context = body.context();
        Optional<User> user = user(reader, context);
        Situation situation =
                Situation.of(person(reader, org, context, user))
                        .to(new Situation.App(app.id(), app.name()))
                        .by(Situation.Entry.WEB);
        Optional<Situation.Level> risk = risk(context);
        if (risk.isPresent()) {
            situation = situation.at(risk.get());
        }
        Optional<Whereabouts> place = place(reader, org, context);
        if (place.isPresent()) {
            situation = situation.at(place.get());
        }
        if (user.isPresent()) {
            situation =
                    situation.judging(
                            expressions.of(
                                    org,
                                    user.get(),
                                    new ExpressionRules.Sight(
                                            store.groups(reader, situation.person().groups()),
                                            risk,
                                            List.of(),
                                            platform(context.device()).map(Situation.Platform::os),
                                            time.instant())));
        }
        return onDevice(situation, context.device());
    }

    private Optional<User> user(Reader reader, Context context) {
        OneId wanted = context.user();
        if (wanted == null || wanted.id().isEmpty()) {
            return Optional.empty();
        }
        Ids groups = context.groups();
        if (groups != null && !groups.ids().isEmpty()) {
            throw ApiException.validation(
                    "policyContext", "policyContext: can have a user or groups, but not both");
        }
        return Optional.of(
                users.byId(reader, wanted.id())
                        .orElseThrow(() -> ApiException.notFound(wanted.id(), UserDirectory.TYPE)));
    }

    private Person person(Reader reader, Org org, Context context, Optional<User> user) {
        if (user.isPresent()) {
            User found = user.get();
            Person person =
                    Person.of(
                            found.id(), Set.copyOf(memberships.groupsOf(reader, org, found.id())));
            return person.with(Circumstances.typeOf(org, found), found.profile().document());
        }
        Ids groups = context.groups();
        Set<String> ids = new HashSet<>(groups == null ? List.of() : groups.ids());
        List<String> unknown = store.unknownGroups(reader, ids);
        if (!unknown.isEmpty()) {
            throw ApiException.notFound(unknown.getFirst(), "UserGroup");
        }
        store.everyone(reader).ifPresent(ids::add);
        return Person.in(ids);
    }

    private static Optional<Situation.Level> risk(Context context) {
        Risk risk = context.risk();
        return risk == null
                ? Optional.empty()
                : Optional.ofNullable(risk.level())
                        .or(() -> Optional.ofNullable(risk.minRiskLevel()))
                        .map(Situation.Level::valueOf);
    }

    private Optional<Whereabouts> place(Reader reader, Org org, Context context) {
        Ids named = context.zones();
        if (named != null) {
            for (String id : named.ids()) {
                if (!zones.has(reader, org, id)) {
                    throw ApiException.notFound(id, "NetworkZone");
                }
            }
            return Optional.of(new Whereabouts.Named(Set.copyOf(named.ids())));
        }
        return Optional.ofNullable(context.ip())
                .map(IpAddress::parse)
                .map(address -> new Whereabouts.At(address, zones.of(org, org.versions())));
    }

    private static Situation onDevice(Situation situation, @Nullable Device device) {
        if (device == null) {
            return situation;
        }
        Situation with = situation;
        Boolean registered = device.registered();
        String assurance = device.assuranceId();
        if (registered != null) {
            with =
                    with.on(
                            new Situation.Device(
                                    registered,
                                    Optional.ofNullable(device.managed()),
                                    assurance == null
                                            ? Optional.empty()
                                            : Optional.of(Set.of(assurance))));
        }
        return platform(device).map(with::on).orElse(with);
    }

    private static Optional<Situation.Platform> platform(@Nullable Device device) {
        return Optional.ofNullable(device).map(Device::platform).map(SimulationJson::platform);
    }
}
