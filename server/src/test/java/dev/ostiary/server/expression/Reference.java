package dev.ostiary.server.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The language of group rules a second time, written apart and as simply as possible: without
 * types, tree or bounds, from the text straight to Java's own values. It is there to be compared
 * with.
 */
public final class Reference {

    private static final Pattern TOKEN =
            Pattern.compile(
                    "[ \\t\\r\\n]*(\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'"
                            + "|\\d+(?:\\.\\d+)?|[A-Za-z_$][\\w$]*"
                            + "|\\.!\\[|==|!=|<=|>=|&&|\\|\\||\\?:|[-+!<>?:(){}\\[\\],.])"
                            + "[ \\t\\r\\n]*");

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, ?> user;
    private final List<Group> groups;
    private int at;

    private Reference(String text, Map<String, ?> user, List<Group> groups) {
        this.user = user;
        this.groups = groups;
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && token.find(end) && token.start() == end) {
            tokens.add(token.group(1));
            end = token.end();
        }
        if (end < text.length()) {
            throw new IllegalArgumentException("not read: " + text.substring(end));
        }
    }

    /** Whether a condition holds. Texts, Integer, Double, Boolean, List, or null in the profile. */
    public static boolean holds(String text, Map<String, ?> user, List<Group> groups) {
        return Boolean.TRUE.equals(value(text, user, groups));
    }

    /** The value of an expression. */
    static @Nullable Object value(String text, Map<String, ?> user, List<Group> groups) {
        Reference reference = new Reference(text, user, groups);
        Supplier<@Nullable Object> all = reference.expression();
        if (reference.at < reference.tokens.size()) {
            throw new IllegalArgumentException("more follows: " + reference.peek());
        }
        return all.get();
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private boolean accept(String... any) {
        for (String one : any) {
            if (peek().equalsIgnoreCase(one)) {
                at++;
                return true;
            }
        }
        return false;
    }

    private String take() {
        return tokens.get(at++);
    }

    private Supplier<@Nullable Object> expression() {
        Supplier<@Nullable Object> first = binary(0);
        if (accept("?:")) {
            Supplier<@Nullable Object> other = expression();
            return () -> {
                Object found = first.get();
                return isBlank(found) ? other.get() : found;
            };
        }
        if (accept("?")) {
            Supplier<@Nullable Object> yes = expression();
            at++;
            Supplier<@Nullable Object> no = expression();
            return () -> truth(first.get()) ? yes.get() : no.get();
        }
        return first;
    }

    private static final List<List<String>> LEVELS =
            List.of(
                    List.of("or", "||"),
                    List.of("and", "&&"),
                    List.of("==", "!=", "<", ">", "<=", ">=", "matches"),
                    List.of("+"));

    private Supplier<@Nullable Object> binary(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        Supplier<@Nullable Object> left = binary(level + 1);
        List<Supplier<@Nullable Object>> terms = new ArrayList<>(List.of(left));
        while (LEVELS.get(level).contains(peek().toLowerCase(Locale.ROOT))) {
            String operator = take().toLowerCase(Locale.ROOT);
            Supplier<@Nullable Object> right = binary(level + 1);
            Supplier<@Nullable Object> before = left;
            if (level == 3) {
                terms.add(right);
                left = () -> plus(terms.stream().map(Reference::value).toList());
            } else {
                left = () -> apply(operator, before, right);
            }
        }
        return left;
    }

    /** A list has no place for null. */
    private static Object value(Supplier<@Nullable Object> term) {
        Object value = term.get();
        return value == null ? Missing.MISSING : value;
    }

    private enum Missing {
        MISSING
    }

    private static @Nullable Object plus(List<Object> terms) {
        boolean numbers = terms.stream().allMatch(term -> term instanceof Number);
        if (!numbers) {
            return terms.stream()
                    .map(term -> term == Missing.MISSING ? "" : text(term))
                    .collect(Collectors.joining());
        }
        return terms.stream().allMatch(term -> term instanceof Integer)
                ? (Object) terms.stream().mapToInt(term -> (Integer) term).sum()
                : (Object) terms.stream().mapToDouble(term -> ((Number) term).doubleValue()).sum();
    }

    private static Object apply(
            String operator, Supplier<@Nullable Object> left, Supplier<@Nullable Object> right) {
        return switch (operator) {
            case "or", "||" -> truth(left.get()) || truth(right.get());
            case "and", "&&" -> truth(left.get()) && truth(right.get());
            case "==" -> same(left.get(), right.get());
            case "!=" -> !same(left.get(), right.get());
            case "matches" -> text(left.get()).matches(text(right.get()));
            default -> ordered(operator, left.get(), right.get());
        };
    }

    private static boolean ordered(String operator, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return false;
        }
        int order =
                left instanceof Number one && right instanceof Number other
                        ? Double.compare(one.doubleValue(), other.doubleValue())
                        : ((String) left).compareTo((String) right);
        return switch (operator) {
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            default -> order >= 0;
        };
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right;
        }
        if (left instanceof Number one && right instanceof Number other) {
            return one.doubleValue() == other.doubleValue();
        }
        if (left instanceof List<?> one && right instanceof List<?> other) {
            return one.size() == other.size()
                    && IntStream.range(0, one.size())
                            .allMatch(place -> same(one.get(place), other.get(place)));
        }
        return left.equals(right);
    }

    private Supplier<@Nullable Object> unary() {
        if (accept("!", "not")) {
            Supplier<@Nullable Object> of = unary();
            return () -> !truth(of.get());
        }
        Supplier<@Nullable Object> value = primary();
        while (true) {
            if (accept("[")) {
                Supplier<@Nullable Object> of = value;
                Supplier<@Nullable Object> index = expression();
                at++;
                value = () -> element(list(of.get()), (Integer) index.get());
            } else if (accept(".")) {
                String name = take();
                Supplier<@Nullable Object> of = value;
                if (accept("(")) {
                    List<Supplier<@Nullable Object>> arguments = arguments(")");
                    value = () -> method(of.get(), name, values(arguments));
                } else {
                    value = () -> ((Map<?, ?>) of.get()).get(name);
                }
            } else {
                return value;
            }
        }
    }

    private static @Nullable Object element(List<?> list, int place) {
        return place >= 0 && place < list.size() ? list.get(place) : null;
    }

    private List<Supplier<@Nullable Object>> arguments(String end) {
        List<Supplier<@Nullable Object>> arguments = new ArrayList<>();
        while (!accept(end)) {
            arguments.add(expression());
            accept(",");
        }
        return arguments;
    }

    private static List<@Nullable Object> values(List<Supplier<@Nullable Object>> suppliers) {
        List<@Nullable Object> values = new ArrayList<>();
        suppliers.forEach(supplier -> values.add(supplier.get()));
        return values;
    }

    private Supplier<@Nullable Object> primary() {
        String token = take();
        char first = token.charAt(0);
        if (first == '"' || first == '\'') {
            String quote = String.valueOf(first);
            String text = token.substring(1, token.length() - 1).replace(quote + quote, quote);
            return () -> text;
        }
        if (Character.isDigit(first)) {
            Object number = number(token);
            return () -> number;
        }
        return switch (token.toLowerCase(Locale.ROOT)) {
            case "(" -> {
                Supplier<@Nullable Object> inner = expression();
                at++;
                yield inner;
            }
            case "-" -> {
                Object number = number("-" + take());
                yield () -> number;
            }
            case "{" -> braces();
            case "true" -> () -> true;
            case "false" -> () -> false;
            case "null" -> () -> null;
            default -> word(token);
        };
    }

    private static Object number(String digits) {
        double number = Double.parseDouble(digits);
        return digits.contains(".") || number != (int) number
                ? (Object) number
                : (Object) (int) number;
    }

    private Supplier<@Nullable Object> braces() {
        int start = at;
        if (peek().startsWith("\"") || peek().startsWith("'")) {
            at++;
            if (accept(":")) {
                at = start;
                return map();
            }
            at = start;
        }
        List<Supplier<@Nullable Object>> items = arguments("}");
        return () -> values(items);
    }

    private Supplier<@Nullable Object> map() {
        Map<String, Supplier<@Nullable Object>> entries = new LinkedHashMap<>();
        while (!accept("}")) {
            String key = text(primary().get());
            at++;
            entries.put(key, expression());
            accept(",");
        }
        return () -> {
            Map<String, Object> map = new LinkedHashMap<>();
            entries.forEach((key, value) -> map.put(key, value(value)));
            return map;
        };
    }

    private Supplier<@Nullable Object> word(String word) {
        if (word.equals("user")) {
            return () -> new User(user);
        }
        String name = word;
        if (peek().equals(".")) {
            at++;
            name = word + "." + take();
        }
        at++;
        String function = name;
        List<Supplier<@Nullable Object>> arguments = arguments(")");
        return () -> call(function, values(arguments));
    }

    /** The user, which is a map of attributes and more. */
    private static final class User extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        User(Map<String, ?> attributes) {
            attributes.forEach(this::put);
            putIfAbsent("profile", attributes);
        }
    }

    private @Nullable Object method(
            @Nullable Object of, String name, List<@Nullable Object> given) {
        if (of instanceof User) {
            return switch (name) {
                case "getInternalProperty" -> user.get("$" + given.getFirst());
                case "isMemberOf" -> found(given).findAny().isPresent();
                case "getGroups" -> found(given).toList();
                default -> throw new IllegalArgumentException(name);
            };
        }
        List<@Nullable Object> all = new ArrayList<>();
        all.add(of);
        all.addAll(given);
        boolean isText = of == null || of instanceof String;
        return switch (name) {
            case "length" -> call("String.len", all);
            case "contains" -> call(isText ? "String.stringContains" : "Arrays.contains", all);
            case "size", "isEmpty", "add", "remove", "clear", "get", "flatten", "toCsvString" ->
                    call("Arrays." + name, all);
            default -> call("String." + name, all);
        };
    }

    private Stream<Group> found(List<@Nullable Object> criteria) {
        return groups.stream()
                .filter(group -> criteria.stream().allMatch(one -> fits(group, (Map<?, ?>) one)));
    }

    private static boolean fits(Group group, Map<?, ?> criterion) {
        boolean exact = "EXACT".equals(criterion.get("operator"));
        for (Map.Entry<?, ?> entry : criterion.entrySet()) {
            List<?> any =
                    entry.getValue() instanceof List<?> list ? list : List.of(entry.getValue());
            boolean fits =
                    switch ((String) entry.getKey()) {
                        case "group.id" -> any.contains(group.id());
                        case "group.type" -> any.contains(group.type());
                        case "group.source.id" -> any.contains(group.source().orElse(""));
                        case "group.profile.name" ->
                                exact
                                        ? any.contains(group.name())
                                        : any.stream().anyMatch(name -> begins(group, text(name)));
                        default -> true;
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean begins(Group group, String beginning) {
        return group.name().startsWith(beginning.replaceAll("\\.\\*$", ""));
    }

    private @Nullable Object call(String name, List<@Nullable Object> given) {
        Object first = given.isEmpty() ? null : given.getFirst();
        return switch (name) {
            case "String.append" -> text(first) + text(given.get(1));
            case "String.join" ->
                    given.stream().skip(1).map(Reference::text).collect(joining(text(first)));
            case "String.len" -> text(first).length();
            case "String.removeSpaces" -> text(first).replace(" ", "");
            case "String.replace" ->
                    text(given.get(1)).isEmpty()
                            ? text(first)
                            : text(first).replace(text(given.get(1)), text(given.get(2)));
            case "String.replaceFirst" ->
                    text(given.get(1)).isEmpty()
                            ? text(first)
                            : text(first)
                                    .replaceFirst(
                                            Pattern.quote(text(given.get(1))),
                                            Matcher.quoteReplacement(text(given.get(2))));
            case "String.startsWith" -> text(first).startsWith(text(given.get(1)));
            case "String.stringContains" -> text(first).contains(text(given.get(1)));
            case "String.stringSwitch" ->
                    IntStream.iterate(2, key -> key + 1 < given.size(), key -> key + 2)
                            .filter(key -> text(first).contains(text(given.get(key))))
                            .mapToObj(key -> text(given.get(key + 1)))
                            .findFirst()
                            .orElse(text(given.get(1)));
            case "String.substring", "substring" -> substring(given);
            case "String.substringAfter", "substringAfter" -> {
                int at = text(first).indexOf(text(given.get(1)));
                yield at < 0 ? "" : text(first).substring(at + text(given.get(1)).length());
            }
            case "String.substringBefore", "substringBefore" -> {
                int at = text(first).indexOf(text(given.get(1)));
                yield at < 0 ? text(first) : text(first).substring(0, at);
            }
            case "String.toUpperCase", "toUpperCase" -> text(first).toUpperCase(Locale.ROOT);
            case "String.toLowerCase", "toLowerCase" -> text(first).toLowerCase(Locale.ROOT);
            case "Arrays.contains" ->
                    list(first).stream().anyMatch(item -> same(item, given.get(1)));
            case "Arrays.size" -> list(first).size();
            case "Arrays.isEmpty" -> list(first).isEmpty();
            case "Arrays.clear" -> List.of();
            case "Arrays.get" -> element(list(first), (Integer) given.get(1));
            case "Arrays.add" -> {
                List<@Nullable Object> more = new ArrayList<>(list(first));
                more.add(given.get(1));
                yield more;
            }
            case "Arrays.remove" ->
                    list(first).stream().filter(item -> !same(item, given.get(1))).toList();
            case "Arrays.flatten" -> given.size() == 1 ? flat(list(first)) : flat(given);
            case "Arrays.toCsvString" ->
                    list(first).stream().map(Reference::text).collect(joining(","));
            case "isMemberOfGroup", "isMemberOfAnyGroup" ->
                    groups.stream().anyMatch(group -> given.contains(group.id()));
            case "isMemberOfGroupName" ->
                    groups.stream().anyMatch(group -> group.name().equals(first));
            case "isMemberOfGroupNameStartsWith" ->
                    groups.stream().anyMatch(group -> group.name().startsWith(text(first)));
            case "isMemberOfGroupNameContains" ->
                    groups.stream().anyMatch(group -> group.name().contains(text(first)));
            case "isMemberOfGroupNameRegex" ->
                    groups.stream().anyMatch(group -> group.name().matches(text(first)));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Collector<CharSequence, ?, String> joining(String separator) {
        return Collectors.joining(separator);
    }

    private static String substring(List<@Nullable Object> given) {
        String text = text(given.getFirst());
        int start = Math.min(Math.max((Integer) given.get(1), 0), text.length());
        int end =
                given.size() > 2 ? Math.min((Integer) given.get(2), text.length()) : text.length();
        return end <= start ? "" : text.substring(start, end);
    }

    private static List<@Nullable Object> flat(List<? extends @Nullable Object> values) {
        List<@Nullable Object> flat = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof List<?> inner) {
                flat.addAll(flat(inner));
            } else {
                flat.add(value);
            }
        }
        return flat;
    }

    private static List<? extends @Nullable Object> list(@Nullable Object value) {
        if (value instanceof String text) {
            return text.isBlank()
                    ? List.of()
                    : List.of(text.split(",", -1)).stream().map(String::strip).toList();
        }
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    private static boolean truth(@Nullable Object value) {
        return value != null && (Boolean) value;
    }

    private static boolean isBlank(@Nullable Object value) {
        return value == null || value.equals("");
    }

    private static String text(@Nullable Object value) {
        return value == null
                ? ""
                : value instanceof Double number ? Value.written(number) : value.toString();
    }
}
