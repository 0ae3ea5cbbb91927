package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.platform.store.Work;
import dev.ostiary.server.directory.grouprules.GroupRule.Removed;
import dev.ostiary.server.directory.grouprules.GroupRule.Status;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tag GroupRule. Changes in an org come one after the other: each begins by holding the org's
 * row. Thread-safe.
 */
public final class GroupRules implements Family {

    /** Of an org; every one that is active is evaluated with each change of a user. */
    private static final int MOST = 2_000;

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final OrgSchemas schemas;
    private final RuleEngine engine;
    private final RuleEvents events;
    private final GroupRuleStore store = new GroupRuleStore();
    private final GroupRuleList list;

    /** The rules that an engine applies. */
    public GroupRules(
            Database database, Ids ids, InstantSource time, OrgSchemas schemas, RuleEngine engine) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.schemas = schemas;
        this.engine = engine;
        this.events = engine.events();
        this.list = new GroupRuleList(database, store);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listGroupRules", list::list).answersMany(GroupRule.SCHEMA),
                Binding.of("createGroupRule", this::create)
                        .takes(GroupRuleBody.SHAPE)
                        .answers(GroupRule.SCHEMA),
                Binding.of("getGroupRule", this::get).answers(GroupRule.SCHEMA),
                Binding.of("replaceGroupRule", this::replace)
                        .takes(GroupRuleBody.SHAPE)
                        .answers(GroupRule.SCHEMA),
                Binding.of("deleteGroupRule", this::delete).answers(GroupRule.SCHEMA),
                Binding.of("activateGroupRule", this::activate),
                Binding.of("deactivateGroupRule", this::deactivate),
                Binding.of("getOstiaryGroupRuleProgress", this::progress)
                        .answers(SweepProgress.SCHEMA));
    }

    private Reply create(Request request) {
        Org org = request.org();
        GroupRuleBody body = request.body(GroupRuleBody.SHAPE);
        if (body.groupIds().isEmpty()) {
            throw ApiException.validation("actions", "actions: The field cannot be left blank");
        }
        requireCondition(org, body.expression());
        Instant now = now();
        GroupRule rule =
                new GroupRule(
                        ids.next(GroupRule.PREFIX, org.tail(), now),
                        body.name(),
                        Status.INACTIVE,
                        body.expression(),
                        body.groupIds(),
                        body.excluded(),
                        now,
                        now,
                        Optional.empty());
        write(
                org,
                tx -> {
                    if (store.count(tx) >= MOST) {
                        throw ApiException.validation(
                                "groupRule", "At most " + MOST + " group rules are allowed");
                    }
                    requireGroups(tx, rule.groupIds());
                    store.insert(tx, rule);
                    events.added(tx, rule);
                    return rule;
                });
        return answer(rule);
    }

    /** Of a wrong one the first thing that is wrong is told. */
    private void requireCondition(Org org, String expression) {
        try {
            Expression.condition(
                    expression, Scope.ofGroupRules(schemas.of(org).expressionTypes(org)));
        } catch (InvalidExpression e) {
            throw ApiException.validation("validateRule", String.valueOf(e.getMessage()));
        }
    }

    private void requireGroups(Tx tx, List<String> groupIds) {
        Set<String> assignable = new HashSet<>(store.assignable(tx, groupIds));
        List<String> others =
                groupIds.stream()
                        .filter(id -> !assignable.contains(id))
                        .map(id -> "groupIds: Users cannot be assigned to the group " + cut(id))
                        .toList();
        if (!others.isEmpty()) {
            throw ApiException.validation("groupIds", others);
        }
    }

    private static String cut(String id) {
        return id.length() <= Ids.LENGTH ? id : id.substring(0, Ids.LENGTH) + "…";
    }

    private Reply get(Request request) {
        boolean named = GroupRuleList.expandsNames(request);
        return database.read(
                request.org().number(),
                reader -> {
                    GroupRule rule =
                            store.find(reader, id(request)).orElseThrow(() -> unknown(request));
                    Optional<Map<String, String>> names =
                            named
                                    ? Optional.of(store.names(reader, rule.groupIds()))
                                    : Optional.empty();
                    return Reply.ok(out -> rule.write(out, names));
                });
    }

    private Reply replace(Request request) {
        Org org = request.org();
        GroupRuleBody body = request.body(GroupRuleBody.SHAPE);
        requireCondition(org, body.expression());
        return answer(
                write(
                        org,
                        tx -> {
                            GroupRule old = require(tx, request);
                            requireChangeable(old, body);
                            GroupRule changed =
                                    old.with(
                                            body.name(),
                                            body.expression(),
                                            body.excluded(),
                                            old.lastUpdated());
                            if (changed.equals(old)) {
                                return old;
                            }
                            GroupRule saved =
                                    old.with(
                                            body.name(), body.expression(), body.excluded(), now());
                            store.update(tx, saved);
                            store.replaceExclusions(tx, saved);
                            events.updated(tx, saved);
                            return saved;
                        }));
    }

    private static void requireChangeable(GroupRule rule, GroupRuleBody body) {
        if (rule.status() != Status.INACTIVE) {
            throw ApiException.validation(
                    "status", "status: Only a rule whose status is INACTIVE can be updated");
        }
        if (!body.groupIds().isEmpty()
                && !Set.copyOf(body.groupIds()).equals(Set.copyOf(rule.groupIds()))) {
            throw ApiException.validation(
                    "actions", "actions: The actions of a rule cannot be updated");
        }
    }

    private Reply delete(Request request) {
        boolean drops = request.query().flag("removeUsers", false);
        GroupRule rule =
                write(
                        request.org(),
                        tx -> {
                            GroupRule old = require(tx, request);
                            store.remove(tx, old, drops ? Removed.DROP : Removed.KEEP, now());
                            events.deleted(tx, old);
                            engine.sweeps().begin(tx);
                            return old;
                        });
        return Reply.json(202, out -> rule.write(out, Optional.empty()));
    }

    private Reply activate(Request request) {
        write(
                request.org(),
                tx -> {
                    GroupRule old = require(tx, request);
                    if (old.status() == Status.ACTIVE) {
                        return old;
                    }
                    requireValid(old);
                    requireCondition(request.org(), old.expression());
                    GroupRule active = old.in(Status.ACTIVE, now());
                    store.update(tx, active);
                    events.activated(tx, active);
                    engine.sweeps().begin(tx);
                    return active;
                });
        return Reply.noContent();
    }

    private Reply deactivate(Request request) {
        Org org = request.org();
        write(
                org,
                tx -> {
                    GroupRule old = require(tx, request);
                    if (old.status() == Status.INACTIVE) {
                        return old;
                    }
                    requireValid(old);
                    GroupRule inactive = old.in(Status.INACTIVE, now());
                    store.update(tx, inactive);
                    events.deactivated(tx, inactive);
                    // what it leaves, rules before it see from now on
                    engine.sweepIfAnyAsks(tx, org);
                    return inactive;
                });
        return Reply.noContent();
    }

    private static void requireValid(GroupRule rule) {
        if (rule.status() == Status.INVALID) {
            throw ApiException.validation(
                    "status", "status: A rule whose status is INVALID can only be deleted");
        }
    }

    private Reply progress(Request request) {
        SweepProgress progress = SweepProgress.of(engine.sweeps().progress(request.org().number()));
        return Reply.ok(progress::write);
    }

    private GroupRule write(Org org, Work<GroupRule> work) {
        try {
            return database.write(
                    org.number(),
                    tx -> {
                        ConfigVersionStore.hold(tx);
                        GroupRule rule = work.run(tx);
                        ConfigVersionStore.raise(tx, ConfigArea.GROUP_RULES);
                        return rule;
                    });
        } catch (UniqueViolation taken) {
            throw taken.constraint().equals(GroupRuleStore.NAME_IS_TAKEN)
                    ? ApiException.validation("name", "name: Policy rule name already in use")
                    : taken;
        } catch (ForeignKeyViolation missing) {
            throw missing.constraint().equals(GroupRuleStore.NO_USER)
                    ? ApiException.validation(
                            "conditions.people.users.exclude",
                            "conditions.people.users.exclude: There is no such user")
                    : missing;
        }
    }

    private GroupRule require(Tx tx, Request request) {
        return store.find(tx, id(request)).orElseThrow(() -> unknown(request));
    }

    private static String id(Request request) {
        return request.variable("groupRuleId");
    }

    private static ApiException unknown(Request request) {
        return ApiException.notFound(id(request), GroupRule.TYPE);
    }

    private static Reply answer(GroupRule rule) {
        return Reply.ok(out -> rule.write(out, Optional.empty()));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
