package dev.ostiary.server.directory.grouprules;

import dev.ostiary.server.directory.grouprules.RuleSet.Deciding;
import dev.ostiary.server.directory.grouprules.RuleSet.Meaning;
import dev.ostiary.server.directory.grouprules.Standing.Held;
import dev.ostiary.server.directory.memberships.RuleMade.Grant;
import dev.ostiary.server.directory.memberships.RuleMade.Place;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.expression.Group;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the rules make of a user: one pass over them, in the order in which they were made.
 *
 * <p>The pass begins with what does not depend on any rule that decides: memberships by hand, those
 * that a resting rule left, and the built-in groups. Each rule sees those and what the rules before
 * it have given in this very pass; what a later rule gave in an earlier pass it does not see. So
 * the outcome is a function of the rules, the profile and the memberships by hand, and of nothing
 * that was before: whoever evaluates everything anew finds the same, rules that ask for each
 * other's groups come to rest after one pass, and it makes no difference whether a user was reached
 * by a change or by the background.
 *
 * <p>Then what should be is compared with what is. A membership goes when nobody made it by hand
 * and no rule holds it any more.
 */
final class RulePass {

    private final String userId;
    private final Standing standing;
    private final Meaning meaning;
    private final Map<String, Group> targets;
    private final Set<Grant> wanted = new LinkedHashSet<>();
    private final Outcome outcome = new Outcome();

    /**
     * What has to be written.
     *
     * @param joined with the rule that made each membership
     * @param left with a rule that held each before
     */
    record Outcome(
            Map<Place, String> joined,
            Map<Place, String> left,
            List<Grant> granted,
            List<Grant> revoked,
            Set<Place> kept) {

        Outcome() {
            this(
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new LinkedHashSet<>());
        }

        boolean isEmpty() {
            return granted.isEmpty() && revoked.isEmpty() && left.isEmpty();
        }

        void add(Outcome other) {
            joined.putAll(other.joined);
            left.putAll(other.left);
            granted.addAll(other.granted);
            revoked.addAll(other.revoked);
            kept.addAll(other.kept);
        }
    }

    private RulePass(
            String userId, Standing standing, Meaning meaning, Map<String, Group> targets) {
        this.userId = userId;
        this.standing = standing;
        this.meaning = meaning;
        this.targets = targets;
    }

    /**
     * Applies the rules to a user.
     *
     * @param targets the groups into which users can be put at present
     */
    static Outcome of(User user, Standing standing, Meaning meaning, Map<String, Group> targets) {
        RulePass pass = new RulePass(user.id(), standing, meaning, targets);
        pass.decide(user);
        pass.compare();
        return pass.outcome;
    }

    private void decide(User user) {
        Map<String, Group> groups = beginning();
        RuleFacts facts = new RuleFacts(user, groups);
        for (Deciding deciding : meaning.deciding()) {
            String ruleId = deciding.rule().id();
            if (!standing.exclusions().contains(ruleId) && deciding.condition().holds(facts)) {
                for (String groupId : deciding.rule().groupIds()) {
                    Group target = targets.get(groupId);
                    if (target != null) {
                        wanted.add(new Grant(userId, groupId, ruleId));
                        groups.putIfAbsent(groupId, target);
                    }
                }
            }
        }
    }

    private Map<String, Group> beginning() {
        Map<String, Group> groups = new LinkedHashMap<>();
        standing.builtIn().forEach(group -> groups.put(group.id(), group));
        Set<String> left = new HashSet<>();
        for (Grant grant : standing.grants()) {
            if (stays(grant)) {
                left.add(grant.groupId());
            }
        }
        for (Held held : standing.memberships().values()) {
            if (held.byHand() || left.contains(held.group().id())) {
                groups.put(held.group().id(), held.group());
            }
        }
        return groups;
    }

    /** Whether a rule holds it that decides no more. */
    private boolean stays(Grant grant) {
        return meaning.resting().contains(grant.ruleId())
                || meaning.kept().contains(grant.ruleId());
    }

    private void compare() {
        Set<String> held = new HashSet<>();
        for (Grant grant : wanted) {
            held.add(grant.groupId());
            if (!standing.grants().contains(grant)) {
                outcome.granted().add(grant);
                if (!standing.memberships().containsKey(grant.groupId())) {
                    outcome.joined()
                            .putIfAbsent(new Place(userId, grant.groupId()), grant.ruleId());
                }
            }
        }
        Map<Place, String> ended = new LinkedHashMap<>();
        for (Grant grant : standing.grants()) {
            Place place = new Place(userId, grant.groupId());
            if (meaning.kept().contains(grant.ruleId())) {
                outcome.kept().add(place);
                outcome.revoked().add(grant);
                held.add(grant.groupId());
            } else if (meaning.resting().contains(grant.ruleId())) {
                held.add(grant.groupId());
            } else if (!wanted.contains(grant)) {
                outcome.revoked().add(grant);
                ended.put(place, grant.ruleId());
            }
        }
        ended.forEach(
                (place, ruleId) -> {
                    Held membership = standing.memberships().get(place.groupId());
                    if (membership != null
                            && !membership.byHand()
                            && !held.contains(place.groupId())) {
                        outcome.left().put(place, ruleId);
                    }
                });
        // what goes with its membership is not revoked apart
        outcome.revoked()
                .removeIf(grant -> outcome.left().containsKey(new Place(userId, grant.groupId())));
    }
}
