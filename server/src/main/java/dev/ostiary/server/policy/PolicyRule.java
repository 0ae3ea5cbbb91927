package dev.ostiary.server.policy;

import dev.ostiary.platform.event.Target;
import dev.ostiary.server.policy.kind.PolicyType;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rule of a policy. Immutable, as far as nobody changes its documents.
 *
 * @param id {@code 0pr…} or {@code rul…}, by its type
 * @param type the type of its policy
 * @param system whether it catches what no other rule does; such a one cannot go
 * @param priority its place among those of its policy
 * @param conditions what it asks; empty where it asks nothing
 * @param actions what it does
 */
record PolicyRule(
        String id,
        String policyId,
        PolicyType type,
        boolean system,
        String name,
        Status status,
        int priority,
        Optional<ObjectNode> conditions,
        ObjectNode actions,
        Instant created,
        Instant lastUpdated) {

    /** The type of a rule in errors (WIRE, "Errors"). */
    static final String TYPE = "PolicyRule";

    enum Status {
        ACTIVE,
        INACTIVE,
        /** The org was born with it, and somebody has deleted it. */
        REMOVED
    }

    boolean active() {
        return status == Status.ACTIVE;
    }

    /** What a client can say of it is the same. */
    boolean saysTheSameAs(PolicyRule other) {
        return name.equals(other.name)
                && status == other.status
                && Objects.equals(conditions, other.conditions)
                && actions.equals(other.actions);
    }

    PolicyRule at(int place) {
        return new PolicyRule(
                id,
                policyId,
                type,
                system,
                name,
                status,
                place,
                conditions,
                actions,
                created,
                lastUpdated);
    }

    PolicyRule in(Status other, Instant now) {
        return new PolicyRule(
                id,
                policyId,
                type,
                system,
                name,
                other,
                priority,
                conditions,
                actions,
                created,
                now);
    }

    /** The same in another policy. */
    PolicyRule copiedTo(String newId, Policy policy, boolean asSystem, Instant now) {
        return new PolicyRule(
                newId,
                policy.id(),
                type,
                asSystem,
                name,
                status,
                priority,
                conditions.map(ObjectNode::deepCopy),
                actions.deepCopy(),
                now,
                now);
    }

    /** As events name it. */
    Target target() {
        return new Target(id, "PolicyRule", "unknown", name, Policy.details(type));
    }
}
