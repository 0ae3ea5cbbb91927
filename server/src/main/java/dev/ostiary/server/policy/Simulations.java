package dev.ostiary.server.policy;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
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

    private static final List<PolicyType> SIMULATED =
            List.of(
                    PolicyType.OKTA_SIGN_ON,
                    PolicyType.MFA_ENROLL,
                    PolicyType.ACCESS_POLICY,
                    PolicyType.PROFILE_ENROLLMENT);

    private final Database database;
    private final InstantSource time;
    private final OrgZones zones;
    private final UserDirectory users;
    private final Memberships memberships;
    private final ExpressionRules expressions;
    private final PolicyDecisions decisions;
    private final PolicyStore store;

    Simulations(
            Database database,
            InstantSource time,
            OrgZones zones,
            UserDirectory users,
            Memberships memberships,
            ExpressionRules expressions,
            PolicyDecisions decisions,
            PolicyStore store) {
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
                        .answersMany(SimulationJson.SCHEMA)
                        .untilThereAre("applications"));
    }

    private record Ids(List<String> ids) {
        private static Shape<Ids> shape(String name) {
            Shape.Builder<Ids> shape = Shape.of(name);
            Field<Ids, List<String>> ids =
                    shape.field("ids", Type.list(Type.TEXT), Ids::ids)
                            .required()
                            .must(all -> all.size() <= 1000, "must be at most 1000 ids");
            return shape.build(in -> new Ids(in.get(ids)));
        }
    }

    private record OneId(String id) {
        private static Shape<OneId> shape() {
            Shape.Builder<OneId> shape = Shape.of("user");
            Field<OneId, String> id = shape.field("id", Type.TEXT, OneId::id).required();
            return shape.build(in -> new OneId(in.get(id)));
        }
    }

    private record Risk(@Nullable String level) {
        private static Shape<Risk> shape() {
            Shape.Builder<Risk> shape = Shape.of("risk");
            Field<Risk, String> level =
                    shape.field("level", Type.TEXT, Risk::level)
                            .must(
                                    text -> List.of("LOW", "MEDIUM", "HIGH").contains(text),
                                    "must be LOW, MEDIUM or HIGH");
            return shape.build(in -> new Risk(in.orNull(level)));
        }
    }

    private record Device(
            @Nullable String platform,
            @Nullable Boolean registered,
            @Nullable Boolean managed,
            @Nullable String assuranceId) {
        private static Shape<Device> shape() {
            Shape.Builder<Device> shape = Shape.of("device");
            Field<Device, String> platform = shape.field("platform", Type.TEXT, Device::platform);
            Field<Device, Boolean> registered =
                    shape.field("registered", Type.BOOLEAN, Device::registered);
            Field<Device, Boolean> managed = shape.field("managed", Type.BOOLEAN, Device::managed);
            Field<Device, String> assurance =
                    shape.field("assuranceId", Type.TEXT, Device::assuranceId);
            return shape.build(
                    in ->
                            new Device(
                                    in.orNull(platform),
                                    in.orNull(registered),
                                    in.orNull(managed),
                                    in.orNull(assurance)));
        }
    }

    private record Context(
            @Nullable OneId user,
            @Nullable Ids groups,
            @Nullable Ids zones,
            @Nullable String ip,
            @Nullable Risk risk,
            @Nullable Device device) {

        private static final Context NOTHING = new Context(null, null, null, null, null, null);

        private static Shape<Context> shape() {
            Shape.Builder<Context> shape = Shape.of("policyContext");
            Field<Context, OneId> user =
                    shape.field("user", Type.nested(OneId.shape()), Context::user);
            Field<Context, Ids> groups =
                    shape.field("groups", Type.nested(Ids.shape("groups")), Context::groups);
            Field<Context, Ids> zones =
                    shape.field("zones", Type.nested(Ids.shape("zones")), Context::zones);
            Field<Context, String> ip =
                    shape.field("ip", Type.TEXT, Context::ip)
                            .must(text -> IpAddress.parse(text) != null, "must be an IP address");
            Field<Context, Risk> risk =
                    shape.field("risk", Type.nested(Risk.shape()), Context::risk);
            Field<Context, Device> device =
                    shape.field("device", Type.nested(Device.shape()), Context::device);
            return shape.build(
                    in ->
                            new Context(
                                    in.orNull(user),
                                    in.orNull(groups),
                                    in.orNull(zones),
                                    in.orNull(ip),
                                    in.orNull(risk),
                                    in.orNull(device)));
        }
    }

    /** The published example says {@code policyType} where the schema says {@code policyTypes}. */
    private record Body(
            String appInstance,
            @Nullable Context policyContext,
            @Nullable List<String> policyTypes,
            @Nullable List<String> policyType) {

        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("simulation");
            Field<Body, String> app =
                    shape.field("appInstance", Type.TEXT, Body::appInstance).required();
            Field<Body, Context> context =
                    shape.field("policyContext", Type.nested(Context.shape()), Body::policyContext);
            Field<Body, List<String>> types =
                    shape.field("policyTypes", Type.list(Type.TEXT), Body::policyTypes)
                            .must(Body::areSimulated, RULE);
            Field<Body, List<String>> type =
                    shape.field("policyType", Type.list(Type.TEXT), Body::policyType)
                            .must(Body::areSimulated, RULE);
            return shape.build(
                    in ->
                            new Body(
                                    in.get(app),
                                    in.orNull(context),
                                    in.orNull(types),
                                    in.orNull(type)));
        }

        private static final String RULE =
                "must be of OKTA_SIGN_ON, MFA_ENROLL, ACCESS_POLICY, PROFILE_ENROLLMENT";

        private static boolean areSimulated(List<String> types) {
            return types.stream()
                    .allMatch(
                            name -> PolicyType.named(name).filter(SIMULATED::contains).isPresent());
        }

        List<PolicyType> types() {
            List<String> named = policyTypes == null ? policyType : policyTypes;
            return named == null || named.isEmpty()
                    ? SIMULATED
                    : SIMULATED.stream().filter(type -> named.contains(type.name())).toList();
        }

        Context context() {
            return policyContext == null ? Context.NOTHING : policyContext;
        }
    }

    private Reply simulate(Request request) {
        Org org = request.org();
        List<SimulationJson.Evaluation> evaluations =
                database.read(
                        org.number(),
                        reader -> {
                            List<SimulationJson.Evaluation> all = new ArrayList<>();
                            for (Body body : bodies(request)) {
                                Situation situation = situation(reader, org, body);
                                for (PolicyType type : body.types()) {
                                    PolicyDecision decision =
                                            decisions.decide(org, type, situation);
                                    all.add(new SimulationJson.Evaluation(type, decision));
                                }
                            }
                            return all;
                        });
        String expand = request.query().text("expand").orElse("");
        return Reply.list(
                evaluations,
                (evaluation, out) ->
                        evaluation.write(
                                out, expand.contains("EVALUATED"), expand.contains("RULE")));
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

    private Situation situation(Reader reader, Org org, Body body) {
        Context context = body.context();
        Optional<User> user = user(reader, context);
        Situation situation =
                Situation.of(person(reader, org, context, user))
                        .to(new Situation.App(body.appInstance(), ""))
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
                                    store.groups(reader, situation.person().groups()),
                                    risk,
                                    time.instant()));
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
            String type = found.typeId();
            return person.with(type == null ? "" : type, found.profile().document());
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
                : Optional.ofNullable(risk.level()).map(Situation.Level::valueOf);
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
        String platform = device.platform();
        return platform == null ? with : with.on(SimulationJson.platform(platform));
    }
}
