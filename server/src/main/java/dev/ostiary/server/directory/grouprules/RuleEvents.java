package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.memberships.GroupRef;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserEvents;

/**
 * What the log says of rules. What a rule does is done by the system, whoever changed the user, and
 * names the rule. Thread-safe.
 */
final class RuleEvents {

    private final EventCatalogue catalogue;

    RuleEvents(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    void added(Tx tx, GroupRule rule) {
        tx.emit(of("policy.rule.add", rule));
    }

    void updated(Tx tx, GroupRule rule) {
        tx.emit(of("policy.rule.update", rule));
    }

    void deleted(Tx tx, GroupRule rule) {
        tx.emit(of("policy.rule.delete", rule));
    }

    void activated(Tx tx, GroupRule rule) {
        tx.emit(of("policy.rule.activate", rule));
        tx.emit(of("group.user_membership.rule.trigger", rule));
    }

    void deactivated(Tx tx, GroupRule rule) {
        tx.emit(of("policy.rule.deactivate", rule));
        tx.emit(of("group.user_membership.rule.deactivated", rule));
    }

    void invalidated(Tx tx, GroupRule rule, String groupId) {
        tx.emit(of("policy.rule.invalidate", rule));
        tx.emit(
                of("group.user_membership.rule.invalidate", rule)
                        .debug("deleted_group_id", groupId)
                        .actor(Actor.system()));
    }

    void excluded(Tx tx, String ruleId, User user) {
        tx.emit(byRule("group.user_membership.rule.add_exclusion", ruleId, user));
    }

    void joined(Tx tx, String ruleId, User user, GroupRef group) {
        tx.emit(byRule("group.user_membership.add", ruleId, user).target(group.target()));
    }

    void left(Tx tx, String ruleId, User user, GroupRef group) {
        tx.emit(byRule("group.user_membership.remove", ruleId, user).target(group.target()));
    }

    private Event byRule(String type, String ruleId, User user) {
        return catalogue
                .event(type)
                .actor(Actor.system())
                .target(UserEvents.target(user))
                .debug("triggered_by_group_rule_id", ruleId);
    }

    private Event of(String type, GroupRule rule) {
        return catalogue.event(type).target(rule.target());
    }
}
