package dev.ostiary.server.policy;

import dev.ostiary.platform.event.Target;
import dev.ostiary.server.policy.kind.PolicyType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A policy. Immutable, as far as nobody changes its documents.
 *
 * @param id {@code 00p…} or {@code rst…}, by its type
 * @param system whether the org is born with it; such a one cannot go
 * @param description empty for none
 * @param priority its place among those of its type
 * @param conditions what it asks; empty where it asks nothing
 * @param settings what it sets; empty where all is in its rules
 */
record Policy(
        String id,
        PolicyType type,
        boolean system,
        String name,
        Optional<String> description,
        boolean active,
        int priority,
        Optional<ObjectNode> conditions,
        Optional<ObjectNode> settings,
        Instant created,
        Instant lastUpdated) {

    /** The type of a policy in errors (WIRE, "Errors"). */
    static final String TYPE = "Policy";

    /** What a client can say of it is the same. */
    boolean saysTheSameAs(Policy other) {
        return name.equals(other.name)
                && description.equals(other.description)
                && active == other.active
                && Objects.equals(conditions, other.conditions)
                && Objects.equals(settings, other.settings);
    }

    Policy at(int place) {
        return new Policy(
                id,
                type,
                system,
                name,
                description,
                active,
                place,
                conditions,
                settings,
                created,
                lastUpdated);
    }

    Policy active(boolean on, Instant now) {
        return new Policy(
                id,
                type,
                system,
                name,
                description,
                on,
                priority,
                conditions,
                settings,
                created,
                now);
    }

    /** As events name it. */
    Target target() {
        return new Target(id, "PolicyEntity", "unknown", name, details(type));
    }

    static Map<String, @Nullable Object> details(PolicyType type) {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("policyType", type.eventName());
        return details;
    }
}
