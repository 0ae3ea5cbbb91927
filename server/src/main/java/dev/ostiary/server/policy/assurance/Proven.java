package dev.ostiary.server.policy.assurance;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a user has proven itself by, and when last. Immutable.
 *
 * @param methods when by each method
 */
public record Proven(Map<Method, Instant> methods) {

    /** Nothing is proven. */
    public static final Proven NOTHING = new Proven(Map.of());

    public Proven {
        methods = Map.copyOf(methods);
    }

    /** And by a method, at a moment. */
    public Proven with(Method method, Instant when) {
        return and(new Proven(Map.of(method, when)));
    }

    /** All of both; of each method the later. */
    public Proven and(Proven other) {
        Map<Method, Instant> all = new EnumMap<>(Method.class);
        all.putAll(methods);
        other.methods.forEach(
                (method, when) ->
                        all.merge(method, when, (one, two) -> one.isAfter(two) ? one : two));
        return new Proven(all);
    }

    /** What of it was proven no earlier. */
    public Proven since(Instant moment) {
        Map<Method, Instant> later = new EnumMap<>(Method.class);
        methods.forEach(
                (method, when) -> {
                    if (!when.isBefore(moment)) {
                        later.put(method, when);
                    }
                });
        return new Proven(later);
    }

    /** When by a method. */
    public Optional<Instant> by(Method method) {
        return Optional.ofNullable(methods.get(method));
    }
}
