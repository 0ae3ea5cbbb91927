package dev.ostiary.server.expression;

import dev.ostiary.server.expression.Scanner.Kind;
import dev.ostiary.server.expression.Scanner.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads the language (Okta Expression Language, "Constants and operators", "Conditional
 * expressions"; P30):
 *
 * <pre>
 * expression = or { "?" expression ":" or } [ "?:" expression ]
 * or         = and { ( "OR" | "||" ) and }
 * and        = comparison { ( "AND" | "&amp;&amp;" ) comparison }
 * comparison = sum [ ( "==" | "!=" | "&lt;" | "&lt;=" | ">" | ">=" | "matches" ) sum ]
 * sum        = unary { "+" unary }
 * unary      = ( "!" | "NOT" ) unary | postfix
 * postfix    = primary { "." name [ arguments ] | ".![" path "]" | "[" expression "]" }
 * primary    = literal | "-" number | name [ arguments ] | "(" expression ")" | list | map
 * arguments  = "(" [ expression { "," expression } ] ")"
 * list       = "{" [ expression { "," expression } ] "}"
 * map        = "{" text ":" expression { "," text ":" expression } "}"
 * </pre>
 *
 * <p>Words that are operators or constants in any case, names as they stand. Chains of one operator
 * are read by loops; recursion only follows what is nested, which is counted: so no text can
 * exhaust the stack.
 */
final class Parser {

    /** The longest text that is read, in UTF-16 units. */
    static final int MAX_LENGTH = 16 * 1024;

    /** How deep things may nest. */
    static final int MAX_DEPTH = 64;

    private final Scanner scanner;

    private Parser(Scanner scanner) {
        this.scanner = scanner;
    }

    /** The expression that a text says. */
    static Syntax parse(String text) throws InvalidExpression {
        if (text.isBlank()) {
            throw new InvalidExpression("The expression is empty");
        }
        if (text.length() > MAX_LENGTH) {
            throw new InvalidExpression(
                    "The expression has %d characters. Expected: at most %d"
                            .formatted(text.length(), MAX_LENGTH));
        }
        Parser parser = new Parser(new Scanner(text));
        Syntax syntax = parser.expression(0);
        if (parser.scanner.peek().kind() != Kind.END) {
            throw parser.scanner.unexpected("an operator or the end of the expression");
        }
        return syntax;
    }

    private Syntax expression(int depth) throws InvalidExpression {
        int at = scanner.peek().at();
        List<Syntax.When> cases = new ArrayList<>();
        while (true) {
            Syntax first = or(depth);
            if (scanner.accepts("?")) {
                Syntax chosen = expression(deeper(depth));
                scanner.expect(":");
                cases.add(new Syntax.When(first, chosen));
            } else {
                Syntax last =
                        scanner.accepts("?:")
                                ? new Syntax.OrElse(first, expression(deeper(depth)), at)
                                : first;
                return cases.isEmpty() ? last : new Syntax.Choice(cases, last, at);
            }
        }
    }

    private Syntax or(int depth) throws InvalidExpression {
        int at = scanner.peek().at();
        List<Syntax> terms = new ArrayList<>();
        do {
            terms.add(and(depth));
        } while (scanner.accepts("||") || scanner.acceptsWord("or"));
        return oneOr(terms, at, Syntax.Or::new);
    }

    private Syntax and(int depth) throws InvalidExpression {
        int at = scanner.peek().at();
        List<Syntax> terms = new ArrayList<>();
        do {
            terms.add(comparison(depth));
        } while (scanner.accepts("&&") || scanner.acceptsWord("and"));
        return oneOr(terms, at, Syntax.And::new);
    }

    private Syntax comparison(int depth) throws InvalidExpression {
        int at = scanner.peek().at();
        Syntax left = sum(depth);
        for (Operator operator : Operator.values()) {
            if (scanner.accepts(operator.sign())) {
                return new Syntax.Comparison(operator, left, sum(depth), at);
            }
        }
        return scanner.acceptsWord("matches") ? new Syntax.Matches(left, sum(depth), at) : left;
    }

    private Syntax sum(int depth) throws InvalidExpression {
        int at = scanner.peek().at();
        List<Syntax> terms = new ArrayList<>();
        do {
            terms.add(unary(depth));
        } while (scanner.accepts("+"));
        return oneOr(terms, at, Syntax.Plus::new);
    }

    private Syntax unary(int depth) throws InvalidExpression {
        int at = scanner.peek().at();
        if (scanner.accepts("!") || scanner.acceptsWord("not")) {
            return new Syntax.Not(unary(deeper(depth)), at);
        }
        return postfix(depth);
    }

    private Syntax postfix(int depth) throws InvalidExpression {
        int at = scanner.peek().at();
        Syntax read = primary(depth);
        int links = depth;
        while (true) {
            if (scanner.accepts(".![")) {
                read = new Syntax.Projection(read, path(), at);
            } else if (scanner.accepts(".")) {
                int nameAt = scanner.peek().at();
                String name = name();
                read =
                        scanner.peek().is("(")
                                ? new Syntax.Call(Optional.of(read), name, arguments(depth), nameAt)
                                : new Syntax.Property(read, name, nameAt);
            } else if (scanner.accepts("[")) {
                read = new Syntax.Index(read, expression(deeper(depth)), at);
                scanner.expect("]");
            } else {
                return read;
            }
            links = deeper(links);
        }
    }

    private List<String> path() throws InvalidExpression {
        List<String> path = new ArrayList<>();
        do {
            path.add(name());
        } while (scanner.accepts("."));
        scanner.expect("]");
        return path;
    }

    private String name() throws InvalidExpression {
        if (scanner.peek().kind() != Kind.WORD) {
            throw scanner.unexpected("a name");
        }
        return scanner.take().text();
    }

    private Syntax primary(int depth) throws InvalidExpression {
        Token next = scanner.peek();
        return switch (next.kind()) {
            case TEXT -> {
                scanner.take();
                yield new Syntax.Literal(new Value.Text(next.text()), Type.Simple.TEXT, next.at());
            }
            case WHOLE, DECIMAL -> number("");
            case WORD -> word(depth);
            case SIGN -> signed(depth);
            case END -> throw scanner.unexpected("a value");
        };
    }

    private Syntax signed(int depth) throws InvalidExpression {
        int at = scanner.peek().at();
        if (scanner.accepts("(")) {
            Syntax inner = expression(deeper(depth));
            scanner.expect(")");
            return inner;
        }
        if (scanner.accepts("{")) {
            return braces(deeper(depth), at);
        }
        if (scanner.accepts("-")) {
            Kind kind = scanner.peek().kind();
            if (kind != Kind.WHOLE && kind != Kind.DECIMAL) {
                throw scanner.unexpected("a number");
            }
            return number("-");
        }
        throw scanner.unexpected("a value");
    }

    /** A whole number that does not fit into 32 bits is a number all the same. */
    private Syntax number(String sign) throws InvalidExpression {
        Token token = scanner.take();
        String digits = sign + token.text();
        if (token.kind() == Kind.WHOLE && digits.length() <= 11) {
            long whole = Long.parseLong(digits);
            if (whole == (int) whole) {
                return new Syntax.Literal(
                        new Value.Whole((int) whole), Type.Simple.INTEGER, token.at());
            }
        }
        return new Syntax.Literal(
                new Value.Number(Double.parseDouble(digits)), Type.Simple.NUMBER, token.at());
    }

    private Syntax word(int depth) throws InvalidExpression {
        Token token = scanner.take();
        if (scanner.peek().is("(")) {
            return new Syntax.Call(Optional.empty(), token.text(), arguments(depth), token.at());
        }
        if (token.isWord("true") || token.isWord("false")) {
            return new Syntax.Literal(
                    new Value.Flag(token.isWord("true")), Type.Simple.BOOLEAN, token.at());
        }
        return token.isWord("null")
                ? new Syntax.Literal(Value.NOTHING, Type.Simple.NOTHING, token.at())
                : new Syntax.Name(token.text(), token.at());
    }

    private List<Syntax> arguments(int depth) throws InvalidExpression {
        scanner.expect("(");
        return items(deeper(depth), ")");
    }

    private List<Syntax> items(int depth, String end) throws InvalidExpression {
        List<Syntax> items = new ArrayList<>();
        if (scanner.accepts(end)) {
            return items;
        }
        do {
            items.add(expression(depth));
        } while (scanner.accepts(","));
        scanner.expect(end);
        return items;
    }

    private Syntax braces(int depth, int at) throws InvalidExpression {
        if (scanner.accepts("}")) {
            return new Syntax.ListOf(List.of(), at);
        }
        Syntax first = expression(depth);
        if (scanner.peek().is(":")) {
            return map(first, depth, at);
        }
        List<Syntax> items = new ArrayList<>(List.of(first));
        while (scanner.accepts(",")) {
            items.add(expression(depth));
        }
        scanner.expect("}");
        return new Syntax.ListOf(items, at);
    }

    private Syntax map(Syntax firstKey, int depth, int at) throws InvalidExpression {
        List<Syntax.Entry> entries = new ArrayList<>();
        Syntax key = firstKey;
        while (true) {
            scanner.expect(":");
            entries.add(new Syntax.Entry(keyText(key), expression(depth), key.at()));
            if (!scanner.accepts(",")) {
                scanner.expect("}");
                return new Syntax.MapOf(entries, at);
            }
            key = expression(depth);
        }
    }

    private static String keyText(Syntax key) throws InvalidExpression {
        if (key instanceof Syntax.Literal(Value.Text(String text), _, _)) {
            return text;
        }
        throw new InvalidExpression(
                "Unexpected key at position %d. Expected: a string".formatted(key.at()));
    }

    private static Syntax oneOr(
            List<Syntax> terms, int at, BiFunction<List<Syntax>, Integer, Syntax> many) {
        return terms.size() == 1 ? terms.getFirst() : many.apply(terms, at);
    }

    private int deeper(int depth) throws InvalidExpression {
        if (depth >= MAX_DEPTH) {
            throw new InvalidExpression(
                    "Too deeply nested at position %d. Expected: at most %d levels"
                            .formatted(scanner.peek().at(), MAX_DEPTH));
        }
        return depth + 1;
    }
}
