package dev.ostiary.platform.query;

import java.util.List;

/**
 * A filter expression as {@link FilterParser} read it. Immutable; its depth is bounded by the
 * parser, so that walking it recursively is safe. {@code at} is the position of the attribute path
 * in the text, counted from 0 in UTF-16 units, for messages.
 */
public sealed interface Filter {

    /** All of two or more. */
    record And(List<Filter> terms) implements Filter {
        public And {
            terms = List.copyOf(terms);
        }
    }

    /** Any of two or more. */
    record Or(List<Filter> terms) implements Filter {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    /** The opposite; an absent attribute, which matches no comparison, is in it. */
    record Not(Filter term) implements Filter {}

    /** An attribute against a literal; the operator is never {@code pr}. */
    record Comparison(String path, Operator operator, Literal literal, int at) implements Filter {}

    /** {@code pr}: the attribute has a value that is not empty. */
    record Present(String path, int at) implements Filter {}
}
