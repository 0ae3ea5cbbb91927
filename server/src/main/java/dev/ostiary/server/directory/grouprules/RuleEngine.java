package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.grouprules.RulePass.Outcome;
import dev.ostiary.server.directory.grouprules.RuleSet.Meaning;
import dev.ostiary.server.directory.memberships.GroupRef;
import dev.ostiary.server.directory.memberships.MembershipWatch;
import dev.ostiary.server.directory.memberships.RuleMade;
import dev.ostiary.server.directory.memberships.RuleMade.Grant;
import dev.ostiary.server.directory.memberships.RuleMade.Place;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserWatch;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Applies an org's rules to users, in the transaction that holds them. Thread-safe.
 *
 * <p>Whoever changes a user holds the user's row, and so does the background: so a user is
 * evaluated by one at a time, and the last one sees what those before have written. The rules are
 * those that are in force when the row is held, not those that the request began with: a rule that
 * is activated meanwhile is either seen here, or its way through all users comes here later. An org
 * that never had a rule pays nothing.
 */
public final class RuleEngine implements UserWatch, MembershipWatch {

    private final InstantSource time;
    private final RuleEvents events;
    private final OrgSchemas schemas;
    private final UserDirectory users;
    private final OrgGroupRules rules;
    private final Sweeps sweeps;
    private final GroupRuleStore store = new GroupRuleStore();
    private final StandingStore standings = new StandingStore();
    private final RuleMade memberships = new RuleMade();

    /** The rules of the orgs of a database. */
    public RuleEngine(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            OrgSchemas schemas,
            UserDirectory users) {
        this.time = time;
        this.events = new RuleEvents(events);
        this.schemas = schemas;
        this.users = users;
        this.rules = new OrgGroupRules(database);
        this.sweeps = new Sweeps(database, ids, time, this);
    }

    /** What goes on beside requests. */
    public Sweeps sweeps() {
        return sweeps;
    }

    RuleEvents events() {
        return events;
    }

    UserDirectory users() {
        return users;
    }

    @Override
    public void changed(Tx tx, Org org, User user) {
        RuleSet known = rules.of(org);
        if (!known.isUntouched()) {
            apply(tx, org, known, schemas.of(org), List.of(user));
        }
    }

    @Override
    public void changed(Tx tx, Org org, String userId) {
        if (!rules.of(org).isUntouched()) {
            users.held(tx, userId).ifPresent(user -> changed(tx, org, user));
        }
    }

    /** Imports go on for long: they do not know which rules there are by now. */
    @Override
    public void imported(Tx tx, Org org, Collection<String> userIds) {
        Org present = org.at(OrgGroupRules.versions(tx));
        if (!userIds.isEmpty() && !rules.of(present).isUntouched()) {
            apply(tx, present, users.held(tx, userIds));
        }
    }

    @Override
    public void leaving(Tx tx, Org org, String groupId, String userId) {
        if (rules.of(org).isUntouched()) {
            return;
        }
        users.held(tx, userId)
                .ifPresent(
                        user -> {
                            for (String ruleId : standings.holders(tx, groupId, userId)) {
                                if (store.exclude(tx, ruleId, userId)) {
                                    events.excluded(tx, ruleId, user);
                                }
                            }
                        });
    }

    @Override
    public void renamed(Tx tx, Org org) {
        sweepIfAnyAsks(tx, org);
    }

    @Override
    public void deleting(Tx tx, Org org, String groupId) {
        List<GroupRule> into = store.into(tx, groupId);
        for (GroupRule rule : into) {
            if (rule.status() != GroupRule.Status.INVALID) {
                GroupRule invalid = rule.in(GroupRule.Status.INVALID, now());
                store.update(tx, invalid);
                events.invalidated(tx, invalid, groupId);
            }
        }
        if (!into.isEmpty()) {
            ConfigVersionStore.raise(tx, ConfigArea.GROUP_RULES);
        }
        sweepIfAnyAsks(tx, org);
    }

    /** Memberships are others for many users at once: that concerns whoever asks for them. */
    void sweepIfAnyAsks(Tx tx, Org org) {
        RuleSet present = rules.load(tx);
        if (!present.isUntouched() && present.meaning(org, schemas.of(org)).askForGroups()) {
            sweeps.begin(tx);
        }
    }

    /**
     * Applies the rules as they are now to users who are held, each wholly.
     *
     * @param org at the versions of now
     */
    void apply(Tx tx, Org org, List<User> held) {
        apply(tx, org, rules.of(org), schemas.of(org), held);
    }

    private void apply(Tx tx, Org org, RuleSet known, SchemaSet schemaSet, List<User> held) {
        List<String> ids = held.stream().map(User::id).toList();
        Meaning meaning = known.meaning(org, schemaSet);
        StandingStore.Found found = standings.read(tx, ids, meaning.targets());
        if (found.version() > known.version()) {
            apply(tx, org, rules.load(tx), schemaSet, held);
            return;
        }
        Outcome outcome = new Outcome();
        for (User user : held) {
            Standing standing = found.users().get(user.id());
            if (standing != null) {
                outcome.add(RulePass.of(user, standing, meaning, found.targets()));
            }
        }
        if (!outcome.isEmpty()) {
            write(tx, outcome, held);
        }
    }

    private void write(Tx tx, Outcome outcome, List<User> held) {
        Map<String, User> byId = new HashMap<>();
        held.forEach(user -> byId.put(user.id(), user));
        Set<String> touched = new HashSet<>();
        outcome.joined().keySet().forEach(place -> touched.add(place.groupId()));
        outcome.left().keySet().forEach(place -> touched.add(place.groupId()));
        Map<String, GroupRef> groups =
                memberships.staying(tx, touched.stream().sorted().toList()).stream()
                        .collect(Collectors.toMap(GroupRef::id, group -> group));
        Instant now = now();
        List<Place> joined =
                outcome.joined().keySet().stream()
                        .filter(place -> groups.containsKey(place.groupId()))
                        .toList();
        List<Grant> granted =
                outcome.granted().stream()
                        .filter(
                                grant ->
                                        groups.containsKey(grant.groupId())
                                                || !touched.contains(grant.groupId()))
                        .toList();
        memberships.keep(tx, outcome.kept());
        memberships.revoke(tx, outcome.revoked());
        memberships.join(tx, joined, now);
        memberships.grant(tx, granted);
        memberships.leave(tx, outcome.left().keySet(), now);
        outcome.left()
                .forEach(
                        (place, ruleId) ->
                                events.left(tx, ruleId, user(byId, place), group(groups, place)));
        joined.forEach(
                place ->
                        events.joined(
                                tx,
                                String.valueOf(outcome.joined().get(place)),
                                user(byId, place),
                                group(groups, place)));
    }

    private static User user(Map<String, User> users, Place place) {
        return Objects.requireNonNull(users.get(place.userId()));
    }

    private static GroupRef group(Map<String, GroupRef> groups, Place place) {
        return groups.getOrDefault(place.groupId(), new GroupRef(place.groupId(), "unknown"));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
