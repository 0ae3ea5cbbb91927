package dev.ostiary.server.expression;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the functions of groups give. */
final class Groups {

    private static final String OF_GROUP = "group.";

    private final Facts facts;
    private final Budget budget;

    Groups(Facts facts, Budget budget) {
        this.facts = facts;
        this.budget = budget;
    }

    Value value(GroupFunction function, List<Value> given) {
        return switch (function) {
            case IS_MEMBER_OF_GROUP_NAME -> flag(anyName(text(given, 0)::equals));
            case IS_MEMBER_OF_GROUP, IS_MEMBER_OF_ANY_GROUP -> isMember(given);
            case IS_MEMBER_OF_GROUP_NAME_STARTS_WITH -> {
                String beginning = text(given, 0);
                yield flag(anyName(name -> name.startsWith(beginning)));
            }
            case IS_MEMBER_OF_GROUP_NAME_CONTAINS -> {
                String part = text(given, 0);
                yield flag(anyName(name -> contains(name, part)));
            }
            case GET_GROUPS -> groups(found(given));
            case IS_MEMBER_OF -> flag(found(given).findAny().isPresent());
            case GET_FILTERED_GROUPS -> filtered(given);
            case GROUPS_CONTAINS -> named(given, name -> contains(name, text(given, 1)));
            case GROUPS_STARTS_WITH -> named(given, name -> name.startsWith(text(given, 1)));
            case GROUPS_ENDS_WITH -> named(given, name -> name.endsWith(text(given, 1)));
            case IS_MEMBER_OF_GROUP_NAME_REGEX ->
                    throw new IllegalStateException("the checker makes a match of it");
        };
    }

    /** Whether the name of any group fits. */
    boolean anyName(Predicate<String> fits) {
        return all().anyMatch(group -> fits.test(group.name()));
    }

    private Stream<Group> all() {
        return facts.groups().stream().peek(_ -> budget.spend(1));
    }

    private Value isMember(List<Value> ids) {
        List<String> wanted = ids.stream().map(Values::text).toList();
        return flag(
                all().anyMatch(
                                group -> {
                                    budget.spend(wanted.size());
                                    return wanted.contains(group.id());
                                }));
    }

    private Stream<Group> found(List<Value> given) {
        List<Value> criteria = given.subList(1, given.size());
        return all().filter(
                        group ->
                                criteria.stream()
                                        .allMatch(
                                                one ->
                                                        one instanceof Value.Criteria wanted
                                                                && Criterion.fits(
                                                                        group,
                                                                        wanted.wanted(),
                                                                        budget)));
    }

    private static Value groups(Stream<Group> groups) {
        return new Value.Items(groups.map(Group::asValue).toList());
    }

    private boolean contains(String name, String part) {
        budget.search(name, part);
        return name.contains(part);
    }

    /** Of those groups that are allowed, what an expression such as {@code group.name} says. */
    private Value filtered(List<Value> given) {
        List<String> allowed =
                new Lists(budget).items(given.get(0)).stream().map(Values::text).toList();
        String expression = text(given, 1);
        if (!expression.startsWith(OF_GROUP)) {
            throw new Failure("A group expression has to begin with group.");
        }
        List<String> path = List.of(expression.substring(OF_GROUP.length()).split("\\."));
        return new Value.Items(
                all().filter(group -> allowed.contains(group.id()))
                        .limit(limit(given))
                        .map(group -> attribute(group, path))
                        .toList());
    }

    private static Value attribute(Group group, List<String> path) {
        Value value = group.asValue();
        for (String name : path) {
            value =
                    value instanceof Value.Thing(Value.Attributes attributes)
                            ? attributes.get(name)
                            : Value.NOTHING;
        }
        return value;
    }

    /** The names of groups, of one app or of the org's own ({@code OKTA}). */
    private Value named(List<Value> given, Predicate<String> fits) {
        String source = text(given, 0);
        return new Value.Items(
                all().filter(group -> isFrom(group, source))
                        .map(Group::name)
                        .filter(fits)
                        .limit(limit(given))
                        .<Value>map(Value.Text::new)
                        .toList());
    }

    private static boolean isFrom(Group group, String source) {
        return source.equals("OKTA")
                ? group.source().isEmpty()
                : group.source().filter(source::equals).isPresent();
    }

    private static int limit(List<Value> given) {
        return Math.max(0, Values.whole(given.get(2)));
    }

    private static String text(List<Value> given, int place) {
        return Values.text(given.get(place));
    }

    private static Value flag(boolean set) {
        return new Value.Flag(set);
    }
}
