package dev.ostiary.server.security.behaviours;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an org's active behaviours have to say of a sign-in, in the order of their names. Immutable.
 */
public record Findings(List<Finding> all) {

    public Findings {
        all = List.copyOf(all);
    }

    /** Whether one of these behaviours matches; one that is not active, or not there, does not. */
    public boolean matchAny(Collection<String> behaviourIds) {
        return all.stream()
                .anyMatch(each -> each.outcome().matches() && behaviourIds.contains(each.id()));
    }

    /** The ids of those that match, as conditions of rules name them. */
    public Set<String> matchingIds() {
        return all.stream()
                .filter(each -> each.outcome().matches())
                .map(Finding::id)
                .collect(Collectors.toSet());
    }

    /** The names of those that match: {@code security.behaviors} in expressions. */
    public List<String> matching() {
        return all.stream().filter(each -> each.outcome().matches()).map(Finding::name).toList();
    }

    /** As the log has it under {@code behaviors}: {@code {New IP=POSITIVE, Velocity=NEGATIVE}}. */
    public String text() {
        return all.stream()
                .map(each -> each.name() + "=" + each.outcome())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
