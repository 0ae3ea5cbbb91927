package dev.ostiary.server.policy;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.policy.kind.PolicyType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies, of the tag Policy. Thread-safe. */
final class PolicyOperations implements Family {

    private static final String POLICY_ID = "policyId";
    private static final String CLONED = "[cloned] ";

    private final Database database;
    private final PolicyWrites writes;
    private final PolicyEvents events;
    private final PolicyStore store;
    private final PolicySet policies;
    private final PolicyList list;
    private final Targets targets;

    PolicyOperations(
            Database database,
            PolicyWrites writes,
            PolicyEvents events,
            PolicyStore store,
            Targets targets) {
        this.database = database;
        this.writes = writes;
        this.events = events;
        this.store = store;
        this.policies = new PolicySet(store);
        this.list = new PolicyList(database, store, policies);
        this.targets = targets;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listPolicies", list::list).answersMany(PolicyJson.POLICY),
                Binding.of("createPolicy", this::create)
                        .takes(PolicyJson.POLICY_BODY)
                        .answers(PolicyJson.POLICY),
                Binding.of("getPolicy", this::get).answers(PolicyJson.POLICY),
                Binding.of("getOrgPolicyBySubdomain", this::ofOrg).answers(PolicyJson.POLICY),
                Binding.of("replacePolicy", this::replace)
                        .takes(PolicyJson.POLICY_BODY)
                        .answers(PolicyJson.POLICY),
                Binding.of("deletePolicy", this::delete),
                Binding.of("clonePolicy", this::copy).answers(PolicyJson.POLICY),
                Binding.of("activatePolicy", request -> turn(request, true)),
                Binding.of("deactivatePolicy", request -> turn(request, false)));
    }

    /** A policy as it is shown. */
    private record Shown(
            Policy policy, Optional<List<PolicyRule>> rules, Optional<String> everyone) {}

    private Shown shown(Tx tx, Policy policy) {
        return new Shown(policy, Optional.empty(), list.everyone(tx, List.of(policy)));
    }

    private static Reply answer(Request request, Shown shown) {
        PolicyJson json = new PolicyJson(request.baseUrl(), shown.everyone());
        return Reply.ok(out -> json.write(out, shown.policy(), shown.rules()));
    }

    private Reply create(Request request) {
        Org org = request.org();
        ObjectNode json = request.object();
        Reading reading = new Reading();
        Optional<PolicyType> named = PolicyBody.type(json, reading);
        named.filter(type -> !type.canBeMade())
                .ifPresent(
                        type ->
                                reading.wrong(
                                        Path.root("policy").field("type"),
                                        "An org has one policy of the type " + type));
        PolicyBody body = PolicyBody.read(json, Path.root("policy"), reading);
        Optional<ObjectNode> conditions =
                named.flatMap(type -> PolicyBody.conditions(type, json, reading));
        Optional<ObjectNode> settings =
                named.flatMap(type -> PolicyBody.settings(type, json, reading));
        reading.finish();
        PolicyType type = named.orElseThrow();
        Instant now = writes.now();
        boolean active = request.query().flag("activate", true) && body.active().orElse(true);
        Policy policy =
                new Policy(
                        writes.id(type.prefix(), org, now),
                        type,
                        false,
                        body.name(),
                        body.description(),
                        active,
                        1,
                        conditions,
                        settings,
                        now,
                        now);
        return answer(
                request,
                writes.change(
                        org,
                        tx -> {
                            targets.require(tx, org, Optional.empty(), policy);
                            Policy placed =
                                    add(tx, org, policy, body.priority(), lastRule(org, policy));
                            PolicyWrites.conclude(tx, events.policy("create", placed));
                            return shown(tx, placed);
                        }));
    }

    /** The rule that the system makes with each policy of some types. */
    private List<PolicyRule> lastRule(Org org, Policy policy) {
        return policy.type().hasCatchAll()
                ? List.of(
                        Born.lastRule(
                                writes.id(policy.type().rulePrefix(), org, policy.created()),
                                policy.id(),
                                policy.type(),
                                policy.created()))
                : List.of();
    }

    /** Puts a new policy in its place. */
    private Policy add(
            Tx tx, Org org, Policy policy, Optional<Integer> priority, List<PolicyRule> rules) {
        if (policies.count(tx, policy.type()) >= policy.type().mostPolicies()) {
            throw ApiException.validation(
                    "policy",
                    "policy: An org can have at most %d policies of the type %s"
                            .formatted(policy.type().mostPolicies(), policy.type()));
        }
        if (policies.isTaken(tx, org, policy)) {
            throw PolicyWrites.nameTaken();
        }
        Policy placed = policy;
        if (policy.type().isOrdered()) {
            placed = move(tx, policy, priority);
        }
        store.save(tx, placed);
        rules.forEach(rule -> store.save(tx, rule));
        return placed;
    }

    /** Makes room for a policy at a priority, or at the end. */
    private Policy move(Tx tx, Policy policy, Optional<Integer> priority) {
        List<String> others = Order.without(policies.order(tx, policy.type()), policy.id());
        List<String> order = Order.with(others, policy.id(), priority, 1);
        store.place(tx, order);
        return policy.at(1 + order.indexOf(policy.id()));
    }

    private Reply get(Request request) {
        boolean expands = PolicyList.expandsRules(request);
        return answer(
                request,
                database.read(
                        request.org().number(),
                        reader -> {
                            Policy policy =
                                    policies.require(
                                            reader, request.org(), request.variable(POLICY_ID));
                            return new Shown(
                                    policy,
                                    expands
                                            ? Optional.of(
                                                    PolicyList.few(
                                                            policies.rules(
                                                                    reader, request.org(), policy)))
                                            : Optional.empty(),
                                    list.everyone(reader, List.of(policy)));
                        }));
    }

    /**
     * The default password policy: what an org that another one made asks of the passwords of its
     * first users. Undocumented but for the link to it (example CreateChildOrgResponseEx).
     */
    private Reply ofOrg(Request request) {
        Org org = request.org();
        String asked = request.variable("subdomain");
        if (!asked.equals(org.name())) {
            throw ApiException.notFound(asked, "Org");
        }
        return answer(
                request,
                database.read(
                        org.number(),
                        reader -> {
                            Policy policy =
                                    policies.policies(reader, org, PolicyType.PASSWORD).getLast();
                            return new Shown(
                                    policy,
                                    Optional.empty(),
                                    list.everyone(reader, List.of(policy)));
                        }));
    }

    private Reply replace(Request request) {
        Org org = request.org();
        ObjectNode json = request.object();
        return answer(
                request,
                writes.change(
                        org,
                        tx -> {
                            Policy old = policies.require(tx, org, request.variable(POLICY_ID));
                            Reading reading = new Reading();
                            Policy wanted = read(tx, old, json, reading);
                            reading.finish();
                            Optional<Integer> priority =
                                    PolicyBody.read(json, Path.root("policy"), new Reading())
                                            .priority()
                                            .filter(place -> place != old.priority());
                            return shown(tx, update(tx, org, old, wanted, priority));
                        }));
    }

    /** The policy as a client wants it; what is wrong is told to the reading. */
    private Policy read(Tx tx, Policy old, ObjectNode json, Reading reading) {
        PolicyType type = old.type();
        PolicyBody.type(json, reading)
                .filter(named -> named != type)
                .ifPresent(
                        named ->
                                reading.wrong(
                                        Path.root("policy").field("type"), "cannot be changed"));
        PolicyBody body = PolicyBody.read(json, Path.root("policy"), reading);
        Optional<ObjectNode> conditions =
                old.system() ? kept(tx, old, json) : PolicyBody.conditions(type, json, reading);
        boolean silent = json.path("settings").isMissingNode() || json.path("settings").isNull();
        Optional<ObjectNode> settings =
                old.system() && silent ? old.settings() : PolicyBody.settings(type, json, reading);
        return new Policy(
                old.id(),
                type,
                old.system(),
                body.name(),
                old.system() && body.description().isEmpty()
                        ? old.description()
                        : body.description(),
                old.system() ? old.active() : body.active().orElse(old.active()),
                old.priority(),
                conditions,
                settings,
                old.created(),
                writes.now());
    }

    /** What a default policy asks is the system's to say; it may be said again. */
    private Optional<ObjectNode> kept(Tx tx, Policy old, ObjectNode json) {
        JsonNode given = json.path("conditions");
        if (given.isMissingNode() || given.isNull() || old.conditions().isEmpty()) {
            return old.conditions();
        }
        Reading reading = new Reading();
        Optional<ObjectNode> read = PolicyBody.conditions(old.type(), json, reading);
        reading.finish();
        List<String> groups =
                read.orElseThrow()
                        .at("/people/groups/include")
                        .valueStream()
                        .map(id -> id.asString(""))
                        .toList();
        boolean all = groups.isEmpty() || groups.equals(store.everyone(tx).stream().toList());
        JsonNode provider = read.get().path("authProvider");
        if (!all || !provider.equals(old.conditions().get().path("authProvider"))) {
            throw PolicyWrites.readOnlyAttribute("conditions");
        }
        return old.conditions();
    }

    private Policy update(Tx tx, Org org, Policy old, Policy wanted, Optional<Integer> priority) {
        if (old.system()) {
            requireOwnWords(old, wanted);
        } else if (!wanted.name().equals(old.name()) && policies.isTaken(tx, org, wanted)) {
            throw PolicyWrites.nameTaken();
        }
        targets.require(tx, org, Optional.of(old), wanted);
        Policy placed = wanted;
        if (priority.isPresent() && old.type().isOrdered() && !old.system()) {
            placed = move(tx, wanted, priority);
        }
        if (placed.saysTheSameAs(old) && placed.priority() == old.priority()) {
            return old;
        }
        store.save(tx, placed);
        PolicyWrites.conclude(tx, events.updated(old, placed));
        return placed;
    }

    private static void requireOwnWords(Policy old, Policy wanted) {
        if (!wanted.name().equals(old.name())) {
            throw PolicyWrites.readOnlyAttribute("name");
        }
        if (!wanted.description().equals(old.description())) {
            throw PolicyWrites.readOnlyAttribute("description");
        }
    }

    private Reply delete(Request request) {
        Org org = request.org();
        writes.change(
                org,
                tx -> {
                    Policy policy = policies.require(tx, org, request.variable(POLICY_ID));
                    requireNotSystem(policy);
                    store.delete(tx, policy.id());
                    if (policy.type().isOrdered()) {
                        store.place(tx, policies.order(tx, policy.type()));
                    }
                    PolicyWrites.conclude(tx, events.policy("delete", policy));
                    return policy;
                });
        return Reply.noContent();
    }

    private static void requireNotSystem(Policy policy) {
        if (policy.system()) {
            throw PolicyWrites.readOnly("policy");
        }
    }

    private Reply turn(Request request, boolean on) {
        Org org = request.org();
        writes.change(
                org,
                tx -> {
                    Policy policy = policies.require(tx, org, request.variable(POLICY_ID));
                    if (policy.active() == on) {
                        return policy;
                    }
                    requireNotSystem(policy);
                    Policy turned = policy.active(on, writes.now());
                    store.save(tx, turned);
                    PolicyWrites.conclude(
                            tx, events.policy(on ? "activate" : "deactivate", turned));
                    return turned;
                });
        return Reply.noContent();
    }

    /** A copy under another name, with copies of the rules. */
    private Reply copy(Request request) {
        Org org = request.org();
        return answer(
                request,
                writes.change(
                        org,
                        tx -> {
                            Policy old = policies.require(tx, org, request.variable(POLICY_ID));
                            if (!old.type().canBeMade()) {
                                throw ApiException.validation(
                                        "type",
                                        "type: An org has one policy of the type " + old.type());
                            }
                            Policy copy = copyOf(tx, org, old);
                            List<PolicyRule> rules = new ArrayList<>();
                            policies.rules(tx, org, old)
                                    .forEach(rule -> rules.add(copyOf(rule, org, copy)));
                            Policy placed = add(tx, org, copy, Optional.empty(), rules);
                            PolicyWrites.conclude(tx, events.policy("create", placed));
                            return shown(tx, placed);
                        }));
    }

    private Policy copyOf(Tx tx, Org org, Policy old) {
        Instant now = writes.now();
        String id = writes.id(old.type().prefix(), org, now);
        for (int number = 1; ; number++) {
            Policy copy =
                    new Policy(
                            id,
                            old.type(),
                            false,
                            CLONED + old.name() + (number == 1 ? "" : " " + number),
                            old.description(),
                            old.active(),
                            1,
                            old.conditions().map(ObjectNode::deepCopy),
                            old.settings().map(ObjectNode::deepCopy),
                            now,
                            now);
            if (!policies.isTaken(tx, org, copy)) {
                return copy;
            }
        }
    }

    /** Only a rule that catches all is the system's in a policy that is not. */
    private PolicyRule copyOf(PolicyRule rule, Org org, Policy copy) {
        return rule.copiedTo(
                writes.id(rule.type().rulePrefix(), org, copy.created()),
                copy,
                rule.system() && rule.type().hasCatchAll(),
                copy.created());
    }
}
