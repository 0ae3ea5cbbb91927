package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.servers.ServerChanges.Change;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The tag AuthorizationServerRules. Thread-safe. */
public final class AccessRules implements Family {

    private static final int MOST = 200;

    private final OrgServers servers;
    private final ServerEvents events;
    private final ServerChanges changes;
    private final RuleCheck check;

    /** Rules of the servers in this database. */
    public AccessRules(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue catalogue,
            OrgServers servers) {
        this.servers = servers;
        this.events = new ServerEvents(catalogue);
        this.changes = new ServerChanges(database, ids, time);
        this.check = new RuleCheck(changes.store());
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listAuthorizationServerPolicyRules", this::list)
                        .answersMany(AccessRule.SCHEMA),
                Binding.of("createAuthorizationServerPolicyRule", this::create)
                        .takes(Placed.schema(RuleTerms.SHAPE))
                        .answers(AccessRule.SCHEMA),
                Binding.of("getAuthorizationServerPolicyRule", this::get)
                        .answers(AccessRule.SCHEMA),
                Binding.of("replaceAuthorizationServerPolicyRule", this::replace)
                        .takes(Placed.schema(RuleTerms.SHAPE))
                        .answers(AccessRule.SCHEMA),
                Binding.of("deleteAuthorizationServerPolicyRule", this::delete),
                Binding.of(
                        "activateAuthorizationServerPolicyRule",
                        request -> step(request, Status.ACTIVE)),
                Binding.of(
                        "deactivateAuthorizationServerPolicyRule",
                        request -> step(request, Status.INACTIVE)));
    }

    /** A rule and its place, as an answer. */
    private record Shown(AccessRule rule, int priority) {

        static Shown in(List<AccessRule> rules, AccessRule rule) {
            return new Shown(rule, rules.indexOf(rule) + 1);
        }

        void write(JsonGenerator out, String policy) {
            rule.write(out, priority, policy);
        }
    }

    private Reply list(Request request) {
        AccessPolicy policy = Paths.policy(request, Paths.server(request, servers));
        String url = url(request, policy);
        return Reply.list(
                policy.rules().stream().map(each -> Shown.in(policy.rules(), each)).toList(),
                (shown, out) -> shown.write(out, url));
    }

    private Reply create(Request request) {
        Placed<RuleTerms> said = Placed.read(request, RuleTerms.SHAPE, AccessRule.WIRE_TYPE);
        Instant now = changes.now();
        AccessRule made =
                new AccessRule(
                        changes.newId(AccessRule.PREFIX, request.org()),
                        said.terms(),
                        said.status().orElse(Status.ACTIVE),
                        now,
                        now);
        return answer(
                request,
                201,
                changes.change(
                        request,
                        (tx, server) -> {
                            AccessPolicy policy = Paths.policy(request, server);
                            if (policy.rules().size() >= MOST) {
                                throw ApiException.validation(
                                        "rule", "At most " + MOST + " rules are allowed");
                            }
                            check.require(tx, server, policy, made);
                            return changed(
                                    server,
                                    policy,
                                    said.put(policy.rules(), made),
                                    made,
                                    "policy.rule.add");
                        }));
    }

    private Change<Shown> changed(
            AuthorizationServer server,
            AccessPolicy policy,
            List<AccessRule> rules,
            AccessRule rule,
            String event) {
        return Change.of(
                server.withPolicies(Placed.swap(server.policies(), policy, policy.with(rules))),
                Shown.in(rules, rule),
                events.rule(event, policy, rule));
    }

    private Reply get(Request request) {
        AccessPolicy policy = Paths.policy(request, Paths.server(request, servers));
        return answer(request, 200, Shown.in(policy.rules(), require(policy, request)));
    }

    private Reply replace(Request request) {
        Placed<RuleTerms> said = Placed.read(request, RuleTerms.SHAPE, AccessRule.WIRE_TYPE);
        return answer(
                request,
                200,
                changes.change(
                        request,
                        (tx, server) -> {
                            AccessPolicy policy = Paths.policy(request, server);
                            AccessRule old = require(policy, request);
                            AccessRule changed =
                                    old.with(
                                            said.terms(),
                                            said.status().orElse(old.status()),
                                            changes.now());
                            check.require(tx, server, policy, changed);
                            List<AccessRule> rules = said.move(policy.rules(), old, changed);
                            return changed.terms().equals(old.terms())
                                            && changed.status() == old.status()
                                            && rules.indexOf(changed) == policy.rules().indexOf(old)
                                    ? Change.of(server, Shown.in(policy.rules(), old))
                                    : changed(server, policy, rules, changed, "policy.rule.update");
                        }));
    }

    private Reply delete(Request request) {
        changes.change(
                request,
                (tx, server) -> {
                    AccessPolicy policy = Paths.policy(request, server);
                    AccessRule rule = require(policy, request);
                    return changed(
                            server,
                            policy,
                            Placed.without(policy.rules(), rule),
                            rule,
                            "policy.rule.delete");
                });
        return Reply.noContent();
    }

    private Reply step(Request request, Status status) {
        String event =
                switch (status) {
                    case ACTIVE -> "policy.rule.activate";
                    case INACTIVE -> "policy.rule.deactivate";
                };
        changes.change(
                request,
                (tx, server) -> {
                    AccessPolicy policy = Paths.policy(request, server);
                    AccessRule old = require(policy, request);
                    if (old.status() == status) {
                        return Change.of(server, Shown.in(policy.rules(), old));
                    }
                    AccessRule changed = old.with(old.terms(), status, changes.now());
                    return changed(
                            server,
                            policy,
                            Placed.swap(policy.rules(), old, changed),
                            changed,
                            event);
                });
        return Reply.noContent();
    }

    private static AccessRule require(AccessPolicy policy, Request request) {
        String id = request.variable("ruleId");
        return policy.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(id, AccessRule.TYPE));
    }

    private static String url(Request request, AccessPolicy policy) {
        return Paths.url(request) + "/policies/" + policy.id();
    }

    private static Reply answer(Request request, int status, Shown shown) {
        String policy = Paths.url(request) + "/policies/" + request.variable("policyId");
        return Reply.json(status, out -> shown.write(out, policy));
    }
}
