package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.server.policy.SignOnDecision;
import dev.ostiary.server.policy.engine.PolicyDecision;
import dev.ostiary.server.policy.engine.Situation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the log says of sessions that are judged anew, as "Identity Threat Protection Event Types"
 * has it: {@code user.session.context.change} and {@code policy.auth_reevaluate.*}. Thread-safe.
 */
record SessionProtectionLog(EventCatalogue events) {

    private static final String END = "TERMINATE_SESSION";
    private static final String UNKNOWN = "unknown";

    /**
     * A session that would not come about where it is used now.
     *
     * @param signOn what the global session policy says there
     * @param enforced what is to be done about it
     */
    record Violation(SignOnDecision signOn, PolicyDecision.Applied enforced) {

        private JsonNode actions() {
            return enforced.actions().at("/postAuthSession/failureActions");
        }

        boolean endsSession() {
            return actions().valueStream().anyMatch(each -> name(each).equals(END));
        }
    }

    /** The session is used from another address. */
    Event changed(Session session, String before, String here, Situation situation) {
        Event event =
                event("user.session.context.change", session)
                        .target(new Target(session.id(), "Session", UNKNOWN, UNKNOWN))
                        .debug("causes", "[\"ipAddress.change\"]")
                        .debug("externalSessionId", session.id())
                        .debug("newIpAddress", here)
                        .debug("previousIpAddress", before)
                        .debug("source", "OKTA");
        return situation
                .risk()
                .map(level -> event.debug("risk", "{level=" + level + "}"))
                .orElse(event);
    }

    /** The global session policy lets nobody in so, and what is to be done about it was asked. */
    List<Event> violated(Session session, Violation violation) {
        SignOnDecision signOn = violation.signOn();
        Map<String, @Nullable Object> matched = new HashMap<>();
        matched.put("policyType", "OKTA_SIGN_ON");
        matched.put("matchedRuleId", signOn.rule().id());
        matched.put("matchedRuleDisplayName", signOn.rule().name());
        matched.put("matchedRuleAction", signOn.allowed() ? "ALLOW" : "DENY");
        matched.put("matchedRuleAssuranceMet", signOn.allowed() ? false : null);
        Target evaluation =
                new Target(
                        signOn.policy().id(),
                        "Policy Evaluation",
                        UNKNOWN,
                        signOn.policy().name(),
                        matched);
        return List.of(
                event("policy.auth_reevaluate.fail", session)
                        .target(evaluation)
                        .debug("caeEnforceMode", Boolean.toString(violation.endsSession())),
                told("policy.auth_reevaluate.enforce", session, violation));
    }

    /** The session is over because of that. */
    List<Event> ended(Session session, Violation violation) {
        Target action =
                new Target(
                        violation.enforced().policy().id(),
                        "PolicyAction",
                        UNKNOWN,
                        END,
                        Map.of("policyAction", END));
        return List.of(
                told("policy.auth_reevaluate.action", session, violation).target(action),
                session.ended(events).actor(Actor.system()));
    }

    private Event told(String type, Session session, Violation violation) {
        PolicyDecision.Applied enforced = violation.enforced();
        return event(type, session)
                .target(
                        new Target(
                                enforced.rule().id(),
                                "Rule",
                                UNKNOWN,
                                enforced.rule().name(),
                                detail(violation.actions().path(0))))
                .target(
                        new Target(
                                enforced.policy().id(),
                                "Policy",
                                UNKNOWN,
                                enforced.policy().name()));
    }

    private static Map<String, @Nullable Object> detail(JsonNode action) {
        Map<String, @Nullable Object> detail = new HashMap<>();
        if (!name(action).isEmpty()) {
            detail.put("ruleAction", name(action));
        }
        JsonNode workflow = action.at("/workflow/id");
        if (workflow.isNumber()) {
            detail.put("workflowId", workflow.asLong());
        }
        return detail;
    }

    private static String name(JsonNode action) {
        return action.path("action").asString("");
    }

    /** Whose session it is has used it. */
    private Event event(String type, Session session) {
        return events.event(type)
                .actor(new Actor(session.userId(), "User", session.login(), session.displayName()))
                .target(session.target());
    }
}
