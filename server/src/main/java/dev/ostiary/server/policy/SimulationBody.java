package dev.ostiary.server.policy;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be simulated (schemas {@code SimulatePolicyBody}, {@code PolicyContext}). */
final class SimulationBody {

    private static final List<PolicyType> SIMULATED =
            List.of(
                    PolicyType.OKTA_SIGN_ON,
                    PolicyType.MFA_ENROLL,
                    PolicyType.ACCESS_POLICY,
                    PolicyType.PROFILE_ENROLLMENT);

    private SimulationBody() {}

    record Ids(List<String> ids) {
        private static Shape<Ids> shape(String name) {
            Shape.Builder<Ids> shape = Shape.of(name);
            Field<Ids, List<String>> ids =
                    shape.field("ids", Type.list(Type.TEXT), Ids::ids)
                            .required()
                            .must(all -> all.size() <= 1000, "must be at most 1000 ids");
            return shape.build(in -> new Ids(in.get(ids)));
        }
    }

    record OneId(String id) {
        private static Shape<OneId> shape() {
            Shape.Builder<OneId> shape = Shape.of("user");
            Field<OneId, String> id = shape.field("id", Type.TEXT, OneId::id).required();
            return shape.build(in -> new OneId(in.get(id)));
        }
    }

    record Risk(@Nullable String level, @Nullable String minRiskLevel) {
        private static Shape<Risk> shape() {
            Shape.Builder<Risk> shape = Shape.of("risk");
            Field<Risk, String> level =
                    shape.field("level", Type.TEXT, Risk::level)
                            .must(
                                    text -> List.of("LOW", "MEDIUM", "HIGH").contains(text),
                                    "must be LOW, MEDIUM or HIGH");
            Field<Risk, String> least =
                    shape.field("minRiskLevel", Type.TEXT, Risk::minRiskLevel)
                            .must(
                                    text -> List.of("LOW", "MEDIUM", "HIGH").contains(text),
                                    "must be LOW, MEDIUM or HIGH");
            return shape.build(in -> new Risk(in.orNull(level), in.orNull(least)));
        }
    }

    record Device(
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

    record Context(
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

    /**
     * A simulation. The published example says {@code policyType} where the schema says {@code
     * policyTypes}.
     */
    record Body(
            String appInstance,
            @Nullable Context policyContext,
            @Nullable List<String> policyTypes,
            @Nullable List<String> policyType) {

        static final Shape<Body> SHAPE = shape();

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
}
