package dev.ostiary.server.expression;

import java.util.List;
import java.util.random.RandomGenerator;

/** Expressions of group rules that make sense, at random. */
public final class RandomExpressions {

    private static final List<String> TEXTS =
            List.of("", "a", "b", "ab", "A", "a b", "a,b", "é", "🙂", "Engineer", "''", "\"");
    private static final List<String> PATTERNS = List.of("a*", "(?i)ab?", "[a-z]+", ".*", "E\\w+");
    private static final List<String> TEXT_ATTRIBUTES =
            List.of("firstName", "lastName", "city", "title", "middleInitial", "department");
    private static final List<String> NUMBER_ATTRIBUTES =
            List.of("salary", "groupCode", "rating", "yearJoined");

    private final RandomGenerator random;
    private final List<String> groupIds;
    private final List<String> groupNames;

    /**
     * @param groupIds what groups can be asked for
     * @param groupNames the same by their names
     */
    public RandomExpressions(
            RandomGenerator random, List<String> groupIds, List<String> groupNames) {
        this.random = random;
        this.groupIds = groupIds;
        this.groupNames = groupNames;
    }

    /** One that is true or false. */
    public String condition(int depth) {
        return depth == 0 ? simpleCondition() : compoundCondition(depth - 1);
    }

    private String simpleCondition() {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextBoolean() ? "true" : "FALSE";
            case 1 -> "user.isContractor";
            case 2 -> "user.hasBadge";
            case 3 -> text(0) + sign() + text(0);
            default -> groups();
        };
    }

    private String compoundCondition(int depth) {
        return switch (random.nextInt(13)) {
            case 0 ->
                    "(" + condition(depth) + one(" AND ", " && ", " and ") + condition(depth) + ")";
            case 1 -> "(" + condition(depth) + one(" OR ", " || ", " or ") + condition(depth) + ")";
            case 2 -> one("!", "NOT ") + "(" + condition(depth) + ")";
            case 3 -> text(depth) + sign() + text(depth);
            case 4 -> number(depth) + sign() + number(depth);
            case 5 -> "String.stringContains(" + text(depth) + ", " + text(depth) + ")";
            case 6 -> "String.startsWith(" + text(depth) + ", " + text(depth) + ")";
            case 7 -> "Arrays.contains(" + list(depth) + ", " + text(depth) + ")";
            case 8 -> "Arrays.isEmpty(" + list(depth) + ")";
            case 9 -> text(depth) + " matches " + quoted(pick(PATTERNS));
            case 10 ->
                    "("
                            + condition(depth)
                            + " ? "
                            + condition(depth)
                            + " : "
                            + condition(depth)
                            + ")";
            case 11 -> text(depth) + one(" == ", " != ") + one("null", "\"\"");
            default -> groups();
        };
    }

    private String groups() {
        return switch (random.nextInt(7)) {
            case 0 -> "isMemberOfGroup(" + quoted(pick(groupIds)) + ")";
            case 1 ->
                    "isMemberOfAnyGroup("
                            + quoted(pick(groupIds))
                            + ", "
                            + quoted(pick(groupIds))
                            + ")";
            case 2 -> "isMemberOfGroupName(" + quoted(pick(groupNames)) + ")";
            case 3 -> "isMemberOfGroupNameStartsWith(" + quoted(pick(groupNames)) + ")";
            case 4 -> "isMemberOfGroupNameContains(" + quoted(pick(groupNames)) + ")";
            case 5 ->
                    "user.isMemberOf({'group.id': {"
                            + quoted(pick(groupIds))
                            + ", "
                            + quoted(pick(groupIds))
                            + "}, 'group.type': 'OKTA_GROUP'})";
            default ->
                    "user.getGroups({'group.profile.name': "
                            + quoted(pick(groupNames))
                            + ", 'operator': '"
                            + one("EXACT", "STARTS_WITH")
                            + "'}).size() > 0";
        };
    }

    private String text(int depth) {
        if (depth <= 0) {
            return random.nextBoolean() ? "user." + pick(TEXT_ATTRIBUTES) : quoted(pick(TEXTS));
        }
        int less = depth - 1;
        return switch (random.nextInt(16)) {
            case 0 -> "String.append(" + text(less) + ", " + text(less) + ")";
            case 1 -> "String.join(" + text(less) + ", " + text(less) + ", " + text(less) + ")";
            case 2 -> "String.removeSpaces(" + text(less) + ")";
            case 3 -> "String.replace(" + text(less) + ", " + text(0) + ", " + text(0) + ")";
            case 4 -> "String.replaceFirst(" + text(less) + ", " + text(0) + ", " + text(0) + ")";
            case 5 ->
                    "String.stringSwitch("
                            + text(less)
                            + ", "
                            + text(0)
                            + ", "
                            + text(0)
                            + ", "
                            + text(0)
                            + ")";
            case 6 ->
                    one("String.", "")
                            + "substring("
                            + text(less)
                            + ", "
                            + random.nextInt(-1, 5)
                            + ", 4)";
            case 7 -> one("String.", "") + "substringAfter(" + text(less) + ", " + text(0) + ")";
            case 8 -> one("String.", "") + "substringBefore(" + text(less) + ", " + text(0) + ")";
            case 9 -> one("String.", "") + "toUpperCase(" + text(less) + ")";
            case 10 ->
                    text(less).startsWith("user.")
                            ? "user.city.toLowerCase()"
                            : "'AB'.toLowerCase()";
            case 11 -> "(" + text(less) + " + " + text(less) + ")";
            case 12 -> "(" + condition(less) + " ? " + text(less) + " : " + text(less) + ")";
            case 13 -> "(" + text(less) + " ?: " + text(less) + ")";
            case 14 -> "Arrays.toCsvString(" + list(less) + ")";
            default -> "user." + one("", "profile.") + pick(TEXT_ATTRIBUTES);
        };
    }

    private String number(int depth) {
        return switch (random.nextInt(depth <= 0 ? 2 : 4)) {
            case 0 -> random.nextInt(-3, 6) + (random.nextInt(4) == 0 ? ".5" : "");
            case 1 -> "user." + pick(NUMBER_ATTRIBUTES);
            case 2 -> "String.len(" + text(depth - 1) + ")";
            default -> "Arrays.size(" + list(depth - 1) + ")";
        };
    }

    private String list(int depth) {
        return switch (random.nextInt(depth <= 0 ? 2 : 6)) {
            case 0 -> "user." + one("strArray", "favoriteColors");
            case 1 -> "{" + text(0) + ", " + text(0) + "}";
            case 2 -> "Arrays.add(" + list(depth - 1) + ", " + text(0) + ")";
            case 3 -> "Arrays.remove(" + list(depth - 1) + ", " + text(0) + ")";
            case 4 -> "Arrays.flatten(" + list(depth - 1) + ", " + text(0) + ")";
            default -> text(0);
        };
    }

    private String sign() {
        return one(" == ", " != ", " < ", " <= ", " > ", " >= ");
    }

    private String one(String... any) {
        return any[random.nextInt(any.length)];
    }

    private String pick(List<String> any) {
        return any.get(random.nextInt(any.size()));
    }

    private String quoted(String text) {
        String quote = random.nextBoolean() ? "\"" : "'";
        return quote + text.replace(quote, quote + quote) + quote;
    }
}
