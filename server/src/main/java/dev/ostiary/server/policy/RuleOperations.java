package dev.ostiary.server.policy;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.policy.PolicyRule.Status;
import dev.ostiary.server.policy.kind.PolicyKind;
import dev.ostiary.server.policy.kind.PolicyType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of policies, of the tag Policy. Thread-safe. */
final class RuleOperations implements Family {

    private static final Path ROOT = Path.root("policyRule");
    private static final Limits LIMITS = Limits.clamping(200, 200);

    private final Database database;
    private final PolicyWrites writes;
    private final PolicyEvents events;
    private final PolicyStore store;
    private final PolicySet policies;
    private final Targets targets;
    private final ExpressionRules expressions;

    RuleOperations(
            Database database,
            PolicyWrites writes,
            PolicyEvents events,
            PolicyStore store,
            Targets targets,
            ExpressionRules expressions) {
        this.database = database;
        this.writes = writes;
        this.events = events;
        this.store = store;
        this.policies = new PolicySet(store);
        this.targets = targets;
        this.expressions = expressions;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listPolicyRules", this::list).answersMany(PolicyJson.RULE),
                Binding.of("createPolicyRule", this::create)
                        .takes(PolicyJson.RULE_BODY)
                        .answers(PolicyJson.RULE),
                Binding.of("getPolicyRule", this::get).answers(PolicyJson.RULE),
                Binding.of("replacePolicyRule", this::replace)
                        .takes(PolicyJson.RULE_BODY)
                        .answers(PolicyJson.RULE),
                Binding.of("deletePolicyRule", this::delete),
                Binding.of("activatePolicyRule", request -> turn(request, Status.ACTIVE)),
                Binding.of("deactivatePolicyRule", request -> turn(request, Status.INACTIVE)));
    }

    /** A rule, its policy, and all the rules of that, by priority. */
    private record Scene(Policy policy, PolicyRule rule, List<PolicyRule> all) {
        List<String> others() {
            return all.stream()
                    .filter(each -> !each.system())
                    .map(PolicyRule::id)
                    .filter(id -> !id.equals(rule.id()))
                    .toList();
        }
    }

    private Scene scene(Reader reader, Request request) {
        Policy policy = policies.require(reader, request.org(), request.variable("policyId"));
        List<PolicyRule> all = policies.rules(reader, request.org(), policy);
        String id = request.variable("ruleId");
        return new Scene(
                policy,
                all.stream()
                        .filter(rule -> rule.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> ApiException.notFound(id, PolicyRule.TYPE)),
                all);
    }

    private static Reply answer(Request request, PolicyRule rule) {
        PolicyJson json = new PolicyJson(request.baseUrl(), Optional.empty());
        return Reply.ok(out -> json.write(out, rule));
    }

    /** All of them: there are few, and the answer has no cursor (WIRE, "Lists and pages"). */
    private Reply list(Request request) {
        int most = PageRequest.forward(request.parameters(), LIMITS).limit();
        List<PolicyRule> rules =
                database.read(
                        request.org().number(),
                        reader ->
                                policies.rules(
                                        reader,
                                        request.org(),
                                        policies.require(
                                                reader,
                                                request.org(),
                                                request.variable("policyId"))));
        PolicyJson json = new PolicyJson(request.baseUrl(), Optional.empty());
        return Reply.list(
                rules.stream().limit(most).toList(), (rule, out) -> json.write(out, rule));
    }

    private Reply get(Request request) {
        return answer(
                request,
                database.read(request.org().number(), reader -> scene(reader, request).rule()));
    }

    /**
     * What a client says of a rule.
     *
     * @param conditions empty where the type has none
     */
    private record Wanted(
            PolicyBody body, Optional<ObjectNode> conditions, Optional<ObjectNode> actions) {}

    private Wanted read(Org org, PolicyType type, ObjectNode json, Reading reading) {
        PolicyBody body = PolicyBody.read(json, ROOT, reading);
        JsonNode named = json.path("type");
        if (!named.isMissingNode()
                && !named.isNull()
                && !named.asString("").equals(type.ruleType())) {
            reading.wrong(ROOT.field("type"), "must be " + type.ruleType());
        }
        PolicyKind kind = PolicyKind.of(type);
        Optional<ObjectNode> conditions = kind.readRuleConditions(json.path("conditions"), reading);
        conditions.ifPresent(
                node -> expressions.judge(org, node, ROOT.field("conditions"), reading));
        return new Wanted(
                body, conditions, kind.readActions(json.path("actions"), conditions, reading));
    }

    private Reply create(Request request) {
        Org org = request.org();
        ObjectNode json = request.object();
        return answer(
                request,
                writes.change(
                        org,
                        tx -> {
                            Policy policy = policies.require(tx, org, request.variable("policyId"));
                            Reading reading = new Reading();
                            Wanted wanted = read(org, policy.type(), json, reading);
                            reading.finish();
                            PolicyRule rule = begin(request, policy, wanted);
                            return add(tx, org, policy, rule, wanted.body().priority());
                        }));
    }

    private PolicyRule begin(Request request, Policy policy, Wanted wanted) {
        Instant now = writes.now();
        boolean active =
                request.query().flag("activate", true) && wanted.body().active().orElse(true);
        return new PolicyRule(
                writes.id(policy.type().rulePrefix(), request.org(), now),
                policy.id(),
                policy.type(),
                false,
                wanted.body().name(),
                active ? Status.ACTIVE : Status.INACTIVE,
                policy.type().firstRulePriority(),
                wanted.conditions(),
                wanted.actions().orElseThrow(),
                now,
                now);
    }

    private PolicyRule add(
            Tx tx, Org org, Policy policy, PolicyRule rule, Optional<Integer> priority) {
        targets.require(tx, org, Optional.empty(), rule);
        List<PolicyRule> all = policies.rules(tx, org, policy);
        Scene scene = new Scene(policy, rule, all);
        if (scene.others().size() >= policy.type().mostAddedRules()) {
            throw ApiException.validation(
                    "policyRule",
                    policy.type().mostAddedRules() == 0
                            ? "policyRule: Rules cannot be added to a policy of the type "
                                    + policy.type()
                            : "policyRule: A policy of the type %s can have at most %d rules"
                                    .formatted(policy.type(), policy.type().mostAddedRules() + 1));
        }
        requireName(scene, rule);
        PolicyRule placed = move(tx, scene, rule, priority);
        store.save(tx, placed);
        PolicyWrites.conclude(tx, events.ruleAdded(policy, placed));
        return placed;
    }

    private static void requireName(Scene scene, PolicyRule rule) {
        if (scene.all().stream()
                .anyMatch(
                        other ->
                                !other.id().equals(rule.id())
                                        && other.name().equals(rule.name()))) {
            throw PolicyWrites.nameTaken();
        }
    }

    /** Makes room for a rule at a priority, or at the end. */
    private PolicyRule move(Tx tx, Scene scene, PolicyRule rule, Optional<Integer> priority) {
        int first = rule.type().firstRulePriority();
        List<String> order = Order.with(scene.others(), rule.id(), priority, first);
        keepBorn(tx, scene);
        store.placeRules(tx, order, first);
        return rule.at(first + order.indexOf(rule.id()));
    }

    /** A rule that the org was born with needs a row before it can get another place. */
    private void keepBorn(Tx tx, Scene scene) {
        if (!scene.policy().type().isBornWithRule()) {
            return;
        }
        scene.all().stream()
                .filter(each -> !each.system() && !each.id().equals(scene.rule().id()))
                .forEach(each -> store.save(tx, each));
    }

    private Reply replace(Request request) {
        Org org = request.org();
        ObjectNode json = request.object();
        return answer(
                request,
                writes.change(
                        org,
                        tx -> {
                            Scene scene = scene(tx, request);
                            PolicyRule old = scene.rule();
                            Reading reading = new Reading();
                            Wanted wanted = read(org, old.type(), json, reading);
                            reading.finish();
                            PolicyRule after = replaced(old, json, wanted);
                            if (old.system()) {
                                requireOwnWords(old, after);
                            }
                            requireName(scene, after);
                            targets.require(tx, org, Optional.of(old), after);
                            return update(tx, scene, after, wanted.body().priority());
                        }));
    }

    private PolicyRule replaced(PolicyRule old, ObjectNode json, Wanted wanted) {
        JsonNode conditions = json.path("conditions");
        boolean silent = conditions.isMissingNode() || conditions.isNull();
        Status status =
                wanted.body()
                        .active()
                        .filter(active -> !old.system())
                        .map(active -> active ? Status.ACTIVE : Status.INACTIVE)
                        .orElse(old.status());
        return new PolicyRule(
                old.id(),
                old.policyId(),
                old.type(),
                old.system(),
                wanted.body().name(),
                status,
                old.priority(),
                old.system() && silent ? old.conditions() : wanted.conditions(),
                wanted.actions().orElseThrow(),
                old.created(),
                writes.now());
    }

    /**
     * Of a rule that is last in a policy only the actions can be changed, and of two types not even
     * those: where users are sent, and when they enrol, if nothing else is said.
     */
    private static void requireOwnWords(PolicyRule old, PolicyRule after) {
        if (!after.name().equals(old.name())) {
            throw PolicyWrites.readOnlyAttribute("name");
        }
        if (!after.conditions().equals(old.conditions())) {
            throw PolicyWrites.readOnlyAttribute("conditions");
        }
        boolean immutable =
                old.type() == PolicyType.IDP_DISCOVERY || old.type() == PolicyType.MFA_ENROLL;
        if (immutable && !after.actions().equals(old.actions())) {
            throw PolicyWrites.readOnly("policyRule");
        }
    }

    private PolicyRule update(Tx tx, Scene scene, PolicyRule wanted, Optional<Integer> priority) {
        PolicyRule old = scene.rule();
        PolicyRule placed = wanted;
        if (!old.system() && priority.filter(place -> place != old.priority()).isPresent()) {
            placed = move(tx, scene, wanted, priority);
        }
        if (placed.saysTheSameAs(old) && placed.priority() == old.priority()) {
            return old;
        }
        store.save(tx, placed);
        PolicyWrites.conclude(tx, events.ruleUpdated(scene.policy(), old, placed));
        return placed;
    }

    private Reply delete(Request request) {
        Org org = request.org();
        writes.change(
                org,
                tx -> {
                    Scene scene = scene(tx, request);
                    PolicyRule rule = scene.rule();
                    requireNotSystem(rule);
                    if (Born.isBorn(rule, org)) {
                        store.save(tx, rule.in(Status.REMOVED, writes.now()));
                    } else {
                        store.deleteRule(tx, rule.id());
                    }
                    store.placeRules(tx, scene.others(), rule.type().firstRulePriority());
                    PolicyWrites.conclude(tx, events.ruleDeleted(scene.policy(), rule));
                    return rule;
                });
        return Reply.noContent();
    }

    private static void requireNotSystem(PolicyRule rule) {
        if (rule.system()) {
            throw PolicyWrites.readOnly("policyRule");
        }
    }

    private Reply turn(Request request, Status status) {
        writes.change(
                request.org(),
                tx -> {
                    Scene scene = scene(tx, request);
                    PolicyRule rule = scene.rule();
                    if (rule.status() == status) {
                        return rule;
                    }
                    requireNotSystem(rule);
                    PolicyRule turned = rule.in(status, writes.now());
                    store.save(tx, turned);
                    String done = status == Status.ACTIVE ? "activate" : "deactivate";
                    PolicyWrites.conclude(tx, events.rule(done, scene.policy(), turned));
                    return turned;
                });
        return Reply.noContent();
    }
}
