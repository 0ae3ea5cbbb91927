package dev.ostiary.server.policy;

import dev.ostiary.platform.event.Event;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the log says of a rule before and after a change (event types, {@code PolicyDebugData}): as
 * texts, and of what is named only how much.
 */
final class RuleFacts {

    private RuleFacts() {}

    /** The event with what a rule was. */
    static Event before(Event event, PolicyRule rule) {
        return told(event, "old", rule);
    }

    /** The event with what a rule is. */
    static Event after(Event event, PolicyRule rule) {
        return told(event, "new", rule);
    }

    private static Event told(Event event, String when, PolicyRule rule) {
        Event told = event;
        for (Fact fact : facts(rule)) {
            told = told.debug(when + "PolicyRule" + fact.name(), fact.value());
        }
        return told;
    }

    private record Fact(String name, String value) {}

    private static List<Fact> facts(PolicyRule rule) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Name", rule.name()));
        facts.add(new Fact("Priority", Integer.toString(rule.priority())));
        facts.add(new Fact("Action", rule.actions().toString()));
        rule.conditions()
                .filter(conditions -> !conditions.isEmpty())
                .ifPresent(
                        conditions -> {
                            facts.add(new Fact("ConditionsJson", conditions.toString()));
                            where(facts, conditions);
                            who(facts, conditions);
                        });
        return facts;
    }

    private static void where(List<Fact> facts, ObjectNode conditions) {
        JsonNode network = conditions.path("network");
        if (network.path("connection").isString()) {
            facts.add(new Fact("LocationSetting", network.path("connection").stringValue()));
            sizes(facts, "Zone", network);
        }
    }

    private static void who(List<Fact> facts, ObjectNode conditions) {
        sizes(facts, "User", conditions.at("/people/users"));
        sizes(facts, "Group", conditions.at("/people/groups"));
        sizes(facts, "UserType", conditions.path("userType"));
    }

    private static void sizes(List<Fact> facts, String what, JsonNode of) {
        if (!(of instanceof MissingNode)) {
            facts.add(new Fact(what + "IncludeSize", Integer.toString(of.path("include").size())));
            facts.add(new Fact(what + "ExcludeSize", Integer.toString(of.path("exclude").size())));
        }
    }
}
