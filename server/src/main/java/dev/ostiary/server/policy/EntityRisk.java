package dev.ostiary.server.policy;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.risk.RiskResponse;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.policy.engine.Person;
import dev.ostiary.server.policy.engine.PolicyDecision;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The policy of the type ENTITY_RISK: it is asked whenever a user is found to be at risk, and may
 * sign the user out everywhere (Policies, "Entity risk policy"; events {@code policy.entity_risk.*}
 * of "Identity Threat Protection Event Types"). There are no workflows here: a rule that runs one
 * is logged as evaluated, and does nothing. Thread-safe.
 */
public final class EntityRisk implements RiskResponse {

    private static final PolicyType TYPE = PolicyType.ENTITY_RISK;
    private static final String SIGN_OUT = "TERMINATE_ALL_SESSIONS";

    private final PolicyDecisions policies;
    private final EventCatalogue events;

    /** By these policies. */
    public EntityRisk(PolicyDecisions policies, EventCatalogue events) {
        this.policies = policies;
        this.events = events;
    }

    @Override
    public Answer to(Org org, User user, Found risk) {
        Set<String> groups = policies.groupsAskedFor(org, TYPE, user.id());
        Situation situation =
                Situation.of(Person.of(user.id(), groups))
                        .endangered(Situation.Level.valueOf(risk.level()), risk.detection().name());
        return switch (policies.decide(org, TYPE, situation)) {
            case PolicyDecision.Applied applied -> answer(user, applied);
            case PolicyDecision.NoneApplies none -> new Answer(List.of(), false);
        };
    }

    private Answer answer(User user, PolicyDecision.Applied applied) {
        List<Event> told = new ArrayList<>();
        JsonNode actions = applied.actions().at("/entityRisk/actions");
        told.add(told("policy.entity_risk.evaluate", user, applied, actions.path(0)));
        boolean signsOut = false;
        for (JsonNode action : actions) {
            if (name(action).equals(SIGN_OUT)) {
                signsOut = true;
                told.add(
                        told("policy.entity_risk.action", user, applied, action)
                                .target(
                                        new Target(
                                                applied.policy().id(),
                                                "PolicyAction",
                                                "unknown",
                                                SIGN_OUT,
                                                Map.of("policyAction", SIGN_OUT))));
            }
        }
        return new Answer(told, signsOut);
    }

    /** As the documentation of the events has their targets, and who acts at once: the user. */
    private Event told(String type, User user, PolicyDecision.Applied applied, JsonNode action) {
        return events.event(type)
                .actor(UserEvents.actor(user))
                .target(UserEvents.target(user))
                .target(
                        new Target(
                                applied.policy().id(),
                                "Policy",
                                "unknown",
                                applied.policy().name(),
                                Policy.details(TYPE)))
                .target(
                        new Target(
                                applied.rule().id(),
                                "Rule",
                                "unknown",
                                applied.rule().name(),
                                detail(action)));
    }

    private static Map<String, Object> detail(JsonNode action) {
        if (name(action).isEmpty()) {
            return Map.of();
        }
        JsonNode workflow = action.at("/workflow/id");
        return workflow.isNumber()
                ? Map.of("ruleAction", name(action), "workflowId", workflow.asLong())
                : Map.of("ruleAction", name(action));
    }

    private static String name(JsonNode action) {
        return action.path("action").asString("");
    }
}
