package dev.ostiary.server.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The order of policies and of rules. A priority is a place in it: so whatever is put in or taken
 * out, they are 1, 2, 3 (or 0, 1, 2) without gaps and duplicates (P39).
 */
final class Order {

    private Order() {}

    /**
     * The order after something was put at a priority; those from there on move one place down. One
     * beyond either end means that end (Terraform's provider warns that the API may answer another
     * priority than it was asked for).
     *
     * @param others the rest, in their order
     * @param priority the place that is wanted; empty for the last
     * @param first the highest priority
     */
    static <T> List<T> with(List<T> others, T one, Optional<Integer> priority, int first) {
        long place =
                priority.map(wanted -> Math.clamp((long) wanted - first, 0, others.size()))
                        .orElse(others.size());
        List<T> order = new ArrayList<>(others);
        order.add((int) place, one);
        return List.copyOf(order);
    }

    /** The order without something. */
    static <T> List<T> without(List<T> order, T one) {
        return order.stream().filter(other -> !other.equals(one)).toList();
    }
}
