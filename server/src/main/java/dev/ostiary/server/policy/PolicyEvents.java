package dev.ostiary.server.policy;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the log says of policies, rules and mappings. Thread-safe. */
final class PolicyEvents {

    private final EventCatalogue catalogue;

    PolicyEvents(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Something was done to a policy: {@code create}, {@code delete}, {@code activate}, … */
    Event policy(String done, Policy policy) {
        return catalogue.event("policy.lifecycle." + done).target(policy.target());
    }

    /** A policy is another now; the target tells what (event types, PolicyChangeDetailsEntry). */
    Event updated(Policy before, Policy after) {
        return catalogue
                .event("policy.lifecycle.update")
                .target(after.target().changed(told(before), told(after)));
    }

    private static Map<String, Object> told(Policy policy) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("policyName", policy.name());
        policy.description().ifPresent(text -> told.put("policyDescription", text));
        told.put("policyPriority", policy.priority());
        policy.conditions()
                .ifPresent(
                        conditions ->
                                told.put(
                                        "policyGroupIncludeSize",
                                        conditions.at("/people/groups/include").size()));
        return told;
    }

    /** A rule is there. */
    Event ruleAdded(Policy policy, PolicyRule rule) {
        return RuleFacts.after(rule("add", policy, rule), rule);
    }

    /** A rule is another now. */
    Event ruleUpdated(Policy policy, PolicyRule before, PolicyRule after) {
        return RuleFacts.after(RuleFacts.before(rule("update", policy, after), before), after);
    }

    /** A rule is gone. */
    Event ruleDeleted(Policy policy, PolicyRule rule) {
        return RuleFacts.before(rule("delete", policy, rule), rule);
    }

    /** Something else was done to a rule: {@code activate}, {@code deactivate}, … */
    Event rule(String done, Policy policy, PolicyRule rule) {
        return catalogue.event("policy.rule." + done).target(rule.target()).target(policy.target());
    }

    /** A resource is governed by a policy from now on. */
    Event mapped(Policy policy, Policy resource) {
        return catalogue
                .event("policy.mapping.create")
                .target(policy.target())
                .target(resource.target());
    }
}
