package dev.ostiary.server.hooks.filter;

import dev.ostiary.server.hooks.filter.Node.Function;
import dev.ostiary.server.hooks.filter.Node.Operator;
import dev.ostiary.server.hooks.filter.Scanner.Kind;
import dev.ostiary.server.hooks.filter.Scanner.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads filters by recursive descent. Precedence, from the loosest: {@code ||} ({@code OR}), {@code
 * &&} ({@code AND}), {@code !} ({@code NOT}), comparison, then what hangs on a value.
 */
final class Parser {

    private static final int DEEPEST = 32;
    private static final JsonNodeFactory VALUES = JsonNodeFactory.instance;

    private final List<Word> words;
    private int next;
    private int depth;
    private int selections;

    private Parser(List<Word> words) {
        this.words = words;
    }

    static Node parse(String text) throws InvalidFilter {
        Parser parser = new Parser(Scanner.words(text));
        Node node = parser.any();
        if (parser.word().kind() != Kind.END) {
            throw parser.unexpected();
        }
        return node;
    }

    private Node any() throws InvalidFilter {
        deeper();
        List<Node> terms = new ArrayList<>(List.of(all()));
        while (takes("||", "or")) {
            terms.add(all());
        }
        depth--;
        return terms.size() == 1 ? terms.getFirst() : new Node.Any(List.copyOf(terms));
    }

    private Node all() throws InvalidFilter {
        List<Node> terms = new ArrayList<>(List.of(not()));
        while (takes("&&", "and")) {
            terms.add(not());
        }
        return terms.size() == 1 ? terms.getFirst() : new Node.All(List.copyOf(terms));
    }

    private Node not() throws InvalidFilter {
        if (!takes("!", "not")) {
            return comparison();
        }
        deeper();
        Node of = not();
        depth--;
        return new Node.Not(of);
    }

    private Node comparison() throws InvalidFilter {
        Node left = value();
        Optional<Operator> operator = operator(word());
        if (operator.isEmpty()) {
            return left;
        }
        next++;
        return new Node.Comparison(operator.get(), left, value());
    }

    private Node value() throws InvalidFilter {
        Node node = primary();
        while (true) {
            if (takes(".?[", "")) {
                selections++;
                Node condition = any();
                selections--;
                expect("]");
                node = new Node.Selection(node, condition);
            } else if (takes(".", "")) {
                node = member(node);
            } else if (takes("[", "")) {
                node = new Node.Element(node, index());
                expect("]");
            } else {
                return node;
            }
            hang(node);
        }
    }

    private Node member(Node of) throws InvalidFilter {
        Word name = word();
        if (name.kind() != Kind.NAME) {
            throw unexpected();
        }
        next++;
        if (!takes("(", "")) {
            return new Node.Property(of, name.text());
        }
        Function function =
                Arrays.stream(Function.values())
                        .filter(each -> each.text().equals(name.text()))
                        .findFirst()
                        .orElseThrow(
                                () -> new InvalidFilter(name.at(), "no function " + name.text()));
        List<Node> arguments = new ArrayList<>();
        while (!takes(")", "")) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            arguments.add(any());
        }
        if (arguments.size() != function.arguments()) {
            throw new InvalidFilter(
                    name.at(), function.text() + " takes " + function.arguments() + " arguments");
        }
        return new Node.Call(of, function, List.copyOf(arguments));
    }

    private Node primary() throws InvalidFilter {
        Word word = word();
        switch (word.kind()) {
            case TEXT -> {
                next++;
                return new Node.Constant(VALUES.stringNode(word.text()));
            }
            case NUMBER -> {
                next++;
                return new Node.Constant(VALUES.numberNode(new BigDecimal(word.text())));
            }
            case NAME -> {
                next++;
                return named(word);
            }
            case SIGN -> {
                if (takes("(", "")) {
                    Node inside = any();
                    expect(")");
                    return inside;
                }
                throw unexpected();
            }
            case END -> throw unexpected();
        }
        throw unexpected();
    }

    /** Within a selection a name is a property of the element; {@code event} is so nowhere. */
    private Node named(Word word) throws InvalidFilter {
        Optional<JsonNode> constant = constant(word.text());
        if (constant.isPresent()) {
            return new Node.Constant(constant.get());
        }
        if (selections > 0) {
            return new Node.Property(new Node.Subject(), word.text());
        }
        if (!word.text().equals("event")) {
            throw new InvalidFilter(
                    word.at(), "no name " + word.text() + "; an event is called event");
        }
        return new Node.Subject();
    }

    private static Optional<JsonNode> constant(String name) {
        return switch (name) {
            case "true" -> Optional.of(VALUES.booleanNode(true));
            case "false" -> Optional.of(VALUES.booleanNode(false));
            case "null" -> Optional.of(VALUES.nullNode());
            default -> Optional.empty();
        };
    }

    private int index() throws InvalidFilter {
        Word word = word();
        if (word.kind() != Kind.NUMBER || !word.text().matches("[0-9]{1,6}")) {
            throw new InvalidFilter(word.at(), "an index is a whole number");
        }
        next++;
        return Integer.parseInt(word.text());
    }

    private static Optional<Operator> operator(Word word) {
        return switch (word.kind()) {
            case SIGN ->
                    switch (word.text()) {
                        case "==" -> Optional.of(Operator.EQ);
                        case "!=" -> Optional.of(Operator.NE);
                        case ">" -> Optional.of(Operator.GT);
                        case ">=" -> Optional.of(Operator.GE);
                        case "<" -> Optional.of(Operator.LT);
                        case "<=" -> Optional.of(Operator.LE);
                        default -> Optional.empty();
                    };
            case NAME ->
                    Arrays.stream(Operator.values())
                            .filter(
                                    each ->
                                            each.name()
                                                    .equals(word.text().toUpperCase(Locale.ROOT)))
                            .findFirst();
            case TEXT, NUMBER, END -> Optional.empty();
        };
    }

    private Word word() {
        return words.get(next);
    }

    /** Goes past a sign, or the name that means the same; the empty name is none. */
    private boolean takes(String sign, String name) {
        boolean here =
                word().is(sign)
                        || !name.isEmpty()
                                && word().kind() == Kind.NAME
                                && word().text().equalsIgnoreCase(name);
        if (here) {
            next++;
        }
        return here;
    }

    private void expect(String sign) throws InvalidFilter {
        if (!takes(sign, "")) {
            throw new InvalidFilter(word().at(), "expected " + sign);
        }
    }

    /** What hangs on a value makes the tree deeper, too. */
    private void hang(Node node) throws InvalidFilter {
        int levels = 0;
        Node at = node;
        while (true) {
            Optional<Node> below =
                    switch (at) {
                        case Node.Property property -> Optional.of(property.of());
                        case Node.Element element -> Optional.of(element.of());
                        case Node.Selection selection -> Optional.of(selection.of());
                        case Node.Call call -> Optional.of(call.of());
                        case Node.Constant constant -> Optional.empty();
                        case Node.Subject subject -> Optional.empty();
                        case Node.Not not -> Optional.empty();
                        case Node.All all -> Optional.empty();
                        case Node.Any any -> Optional.empty();
                        case Node.Comparison comparison -> Optional.empty();
                    };
            if (below.isEmpty()) {
                return;
            }
            if (++levels > DEEPEST) {
                throw new InvalidFilter(word().at(), "it is too deep");
            }
            at = below.get();
        }
    }

    private void deeper() throws InvalidFilter {
        if (++depth > DEEPEST) {
            throw new InvalidFilter(word().at(), "it is too deep");
        }
    }

    private InvalidFilter unexpected() {
        return new InvalidFilter(
                word().at(),
                word().kind() == Kind.END ? "it ends too early" : "unexpected " + word().text());
    }
}
