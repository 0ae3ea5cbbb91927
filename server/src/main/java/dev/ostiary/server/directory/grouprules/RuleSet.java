package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.expression.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an org, and what their conditions mean by its schemas. Thread-safe.
 *
 * <p>A condition that means nothing any more, since an attribute is gone, is that of a rule that
 * rests: it decides about nobody, and what it holds stays.
 */
final class RuleSet {

    private static final RuleSet UNTOUCHED = new RuleSet(0, List.of());

    private final long version;
    private final List<GroupRule> rules;
    private volatile @Nullable Compiled compiled;

    /** A rule that decides, and its condition. */
    record Deciding(GroupRule rule, Expression condition) {}

    /** What the rules mean by some schemas. */
    private record Compiled(SchemaSet schemas, Meaning meaning) {}

    /**
     * What rules mean.
     *
     * @param deciding those that decide, in the order in which they were made
     * @param resting ids of those that decide nothing, and whose memberships stay
     * @param kept ids of those that were deleted without their memberships
     * @param targets ids of the groups into which users are put
     * @param askForGroups whether any condition depends on memberships
     */
    record Meaning(
            List<Deciding> deciding,
            Set<String> resting,
            Set<String> kept,
            Set<String> targets,
            boolean askForGroups) {}

    /** The rules as they were at a version of the org's configuration, or later. */
    RuleSet(long version, List<GroupRule> rules) {
        this.version = version;
        this.rules = List.copyOf(rules);
    }

    /** The rules of an org that never had one. */
    static RuleSet untouched() {
        return UNTOUCHED;
    }

    boolean isUntouched() {
        return version == 0;
    }

    long version() {
        return version;
    }

    int size() {
        return 20 * rules.size();
    }

    /** What they mean in an org with these schemas. */
    Meaning meaning(Org org, SchemaSet schemas) {
        Compiled last = compiled;
        if (last == null || last.schemas() != schemas) {
            last = new Compiled(schemas, compile(schemas.expressionTypes(org)));
            compiled = last;
        }
        return last.meaning();
    }

    private Meaning compile(Map<String, Type> attributes) {
        Scope scope = Scope.ofGroupRules(attributes);
        List<Deciding> deciding = new ArrayList<>();
        for (GroupRule rule : rules) {
            if (rule.active()) {
                condition(rule, scope)
                        .ifPresent(condition -> deciding.add(new Deciding(rule, condition)));
            }
        }
        Set<String> decide =
                deciding.stream().map(each -> each.rule().id()).collect(Collectors.toSet());
        return new Meaning(
                List.copyOf(deciding),
                ids(rule -> rule.removed().isEmpty() && !decide.contains(rule.id())),
                ids(rule -> rule.removed().equals(Optional.of(GroupRule.Removed.KEEP))),
                deciding.stream()
                        .flatMap(each -> each.rule().groupIds().stream())
                        .collect(Collectors.toUnmodifiableSet()),
                deciding.stream().anyMatch(each -> each.condition().asksForGroups()));
    }

    private Set<String> ids(Predicate<GroupRule> which) {
        return rules.stream()
                .filter(which)
                .map(GroupRule::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Expression> condition(GroupRule rule, Scope scope) {
        try {
            return Optional.of(Expression.condition(rule.expression(), scope));
        } catch (InvalidExpression e) {
            return Optional.empty();
        }
    }
}
