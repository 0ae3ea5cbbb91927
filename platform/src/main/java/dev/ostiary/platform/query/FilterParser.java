package dev.ostiary.platform.query;

import dev.ostiary.platform.problem.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the filter language of {@code filter} and {@code search} (core API, "Filter"; P26, P30):
 *
 * <pre>
 * or         = and { "or" and }
 * and        = not { "and" not }
 * not        = "not" not | "(" or ")" | comparison
 * comparison = path "pr" | path operator literal
 * </pre>
 *
 * <p>Keywords and operators in any case, paths as they stand. Recursion only follows parentheses
 * and {@code not}, which are counted: so no text can exhaust the stack, and each character is
 * looked at a bounded number of times.
 */
public final class FilterParser {

    /** The longest text that is read, in UTF-16 units. */
    public static final int MAX_LENGTH = 16 * 1024;

    /** How deep parentheses and {@code not} may nest. */
    public static final int MAX_DEPTH = 64;

    private final FilterScanner scanner;
    private final FilterErrors errors;

    private FilterParser(String text, FilterErrors errors) {
        this.scanner = new FilterScanner(text, errors);
        this.errors = errors;
    }

    /**
     * The expression that a text says.
     *
     * @throws ApiException a 400 that tells the position and what was expected
     */
    public static Filter parse(String text, FilterErrors errors) {
        if (text.length() > MAX_LENGTH) {
            throw errors.malformed(
                    text,
                    "It has %d characters. Expected: at most %d"
                            .formatted(text.length(), MAX_LENGTH));
        }
        FilterParser parser = new FilterParser(text, errors);
        Filter filter = parser.or(0);
        if (!parser.scanner.atEnd()) {
            throw parser.scanner.unexpected("and,or,end of filter");
        }
        return filter;
    }

    private Filter or(int depth) {
        List<Filter> terms = new ArrayList<>();
        do {
            terms.add(and(depth));
        } while (scanner.accepts("or"));
        return oneOr(terms, Filter.Or::new);
    }

    private Filter and(int depth) {
        List<Filter> terms = new ArrayList<>();
        do {
            terms.add(not(depth));
        } while (scanner.accepts("and"));
        return oneOr(terms, Filter.And::new);
    }

    private Filter not(int depth) {
        int at = scanner.position();
        if (scanner.accepts("not")) {
            return new Filter.Not(not(deeper(depth, at)));
        }
        if (scanner.accepts('(')) {
            Filter inner = or(deeper(depth, at));
            if (!scanner.accepts(')')) {
                throw scanner.unexpected("and,or,')'");
            }
            return inner;
        }
        return comparison();
    }

    private int deeper(int depth, int at) {
        if (depth >= MAX_DEPTH) {
            throw scanner.malformed(
                    "Too deeply nested at position %d. Expected: at most %d levels"
                            .formatted(at, MAX_DEPTH));
        }
        return depth + 1;
    }

    private Filter comparison() {
        int at = scanner.position();
        String path = scanner.path();
        int operatorAt = scanner.position();
        String word = scanner.word("an attribute operator");
        Operator operator = Operator.of(word);
        if (operator == null) {
            throw errors.operator(scanner.text(), word, operatorAt);
        }
        return operator == Operator.PR
                ? new Filter.Present(path, at)
                : new Filter.Comparison(path, operator, scanner.literal(), at);
    }

    private static Filter oneOr(List<Filter> terms, Function<List<Filter>, Filter> many) {
        return terms.size() == 1 ? terms.getFirst() : many.apply(terms);
    }
}
