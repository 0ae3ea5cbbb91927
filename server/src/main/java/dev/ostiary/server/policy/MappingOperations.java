package dev.ostiary.server.policy;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * What a policy governs beside what its conditions say, of the tag Policy: apps, which say it
 * themselves, and access policies, which are mapped here to a policy that collects device signals.
 * A mapping has the id of what is mapped. Thread-safe.
 */
final class MappingOperations implements Family {

    private static final String TYPE = "PolicyMapping";
    private static final String POLICIES = "/api/v1/policies/";

    private static final Schema SCHEMA =
            Schema.object("PolicyMapping").always("id", Schema.TEXT).always("_links", Links.SCHEMA);

    private final Database database;
    private final PolicyWrites writes;
    private final PolicyEvents events;
    private final PolicyMappingStore store = new PolicyMappingStore();
    private final PolicySet policies;
    private final GovernedApps apps;

    MappingOperations(
            Database database,
            PolicyWrites writes,
            PolicyEvents events,
            PolicyStore store,
            GovernedApps apps) {
        this.database = database;
        this.writes = writes;
        this.events = events;
        this.policies = new PolicySet(store);
        this.apps = apps;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listPolicyMappings", this::list).answersMany(SCHEMA),
                Binding.of("mapResourceToPolicy", this::map).takes(Body.SHAPE).answers(SCHEMA),
                Binding.of("getPolicyMapping", this::get).answers(SCHEMA),
                Binding.of("deletePolicyResourceMapping", this::delete));
    }

    private record Body(String resourceId, String resourceType) {

        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("policyMapping");
            Field<Body, String> resourceId =
                    shape.field("resourceId", Type.TEXT, Body::resourceId).required();
            Field<Body, String> resourceType =
                    shape.field("resourceType", Type.TEXT, Body::resourceType)
                            .required()
                            .must(
                                    PolicyType.ACCESS_POLICY.name()::equals,
                                    "must be " + PolicyType.ACCESS_POLICY);
            return shape.build(in -> new Body(in.get(resourceId), in.get(resourceType)));
        }
    }

    /**
     * Something that a policy governs.
     *
     * @param app whether it is an app; an access policy otherwise
     */
    private record Mapping(String policyId, String resourceId, boolean app) {

        void write(JsonGenerator out, String baseUrl) {
            String policy = baseUrl + POLICIES + policyId;
            out.writeStartObject();
            out.writeStringProperty("id", resourceId);
            Links links = new Links();
            links.hinted("self", policy + "/mappings/" + resourceId, "GET", "DELETE");
            if (app) {
                links.hinted("application", baseUrl + "/api/v1/apps/" + resourceId, "GET");
            } else {
                links.hinted("accessPolicy", baseUrl + POLICIES + resourceId, "GET", "PUT");
            }
            links.hinted("policy", policy, "GET", "PUT").write(out);
            out.writeEndObject();
        }
    }

    private Reply list(Request request) {
        List<Mapping> mappings =
                database.read(
                        request.org().number(),
                        reader -> all(reader, request.org(), policy(reader, request)));
        return Reply.list(mappings, (mapping, out) -> mapping.write(out, request.baseUrl()));
    }

    private Policy policy(Reader reader, Request request) {
        return policies.require(reader, request.org(), request.variable("policyId"));
    }

    private List<Mapping> all(Reader reader, Org org, Policy policy) {
        List<Mapping> all = new ArrayList<>();
        apps.of(reader, org, policy.id())
                .forEach(id -> all.add(new Mapping(policy.id(), id, true)));
        store.resources(reader, policy.id())
                .forEach(id -> all.add(new Mapping(policy.id(), id, false)));
        return all;
    }

    private Reply map(Request request) {
        Org org = request.org();
        Body body = request.body(Body.SHAPE);
        Mapping mapping =
                writes.change(
                        org,
                        tx -> {
                            Policy policy = policy(tx, request);
                            if (policy.type() != PolicyType.DEVICE_SIGNAL_COLLECTION) {
                                throw ApiException.validation(
                                        "policyId",
                                        "policyId: An access policy can only be mapped to a policy"
                                                + " of the type DEVICE_SIGNAL_COLLECTION");
                            }
                            return map(tx, org, policy, body.resourceId());
                        });
        return Reply.ok(out -> mapping.write(out, request.baseUrl()));
    }

    /** An access policy has one policy that collects signals for it: the last that it was given. */
    private Mapping map(Tx tx, Org org, Policy policy, String resourceId) {
        Policy resource =
                policies.find(tx, org, resourceId)
                        .filter(found -> found.type() == PolicyType.ACCESS_POLICY)
                        .orElseThrow(() -> ApiException.notFound(resourceId, Policy.TYPE));
        if (!store.resources(tx, policy.id()).contains(resourceId)) {
            store.map(tx, policy.id(), resourceId, writes.now());
            PolicyWrites.conclude(tx, events.mapped(policy, resource));
        }
        return new Mapping(policy.id(), resourceId, false);
    }

    private Reply get(Request request) {
        Mapping mapping =
                database.read(
                        request.org().number(),
                        reader -> find(reader, request, policy(reader, request)));
        return Reply.ok(out -> mapping.write(out, request.baseUrl()));
    }

    private Mapping find(Reader reader, Request request, Policy policy) {
        String id = request.variable("mappingId");
        return all(reader, request.org(), policy).stream()
                .filter(mapping -> mapping.resourceId().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(id, TYPE));
    }

    /** No event is published for it. An app stays with its policy until it gets another. */
    private Reply delete(Request request) {
        writes.change(
                request.org(),
                tx -> {
                    Mapping mapping = find(tx, request, policy(tx, request));
                    if (mapping.app()) {
                        throw PolicyWrites.readOnly("mapping");
                    }
                    store.unmap(tx, mapping.resourceId());
                    PolicyWrites.changed(tx);
                    return mapping;
                });
        return Reply.noContent();
    }
}
