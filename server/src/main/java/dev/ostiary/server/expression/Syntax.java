package dev.ostiary.server.expression;

import java.util.List;
import java.util.Optional;

/**
 * An expression as {@link Parser} read it: what is written, not yet what it means. Immutable; its
 * depth is bounded by the parser, so that walking it recursively is safe. {@code at} is a position
 * in the text, counted from 0 in UTF-16 units, for messages.
 */
sealed interface Syntax {

    int at();

    /** A text, a number, true, false or null. */
    record Literal(Value value, Type type, int at) implements Syntax {}

    /** A word. */
    record Name(String name, int at) implements Syntax {}

    /** {@code of.name} */
    record Property(Syntax of, String name, int at) implements Syntax {}

    /** {@code name(…)} or {@code of.name(…)} */
    record Call(Optional<Syntax> of, String name, List<Syntax> arguments, int at)
            implements Syntax {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** <code>{a, b}</code> */
    record ListOf(List<Syntax> items, int at) implements Syntax {
        public ListOf {
            items = List.copyOf(items);
        }
    }

    /** A key with what is wanted of it. */
    record Entry(String key, Syntax wanted, int at) {}

    /** <code>{'key': value}</code> */
    record MapOf(List<Entry> entries, int at) implements Syntax {
        public MapOf {
            entries = List.copyOf(entries);
        }
    }

    /** {@code of[index]} */
    record Index(Syntax of, Syntax index, int at) implements Syntax {}

    /** {@code of.![path]} */
    record Projection(Syntax of, List<String> path, int at) implements Syntax {
        public Projection {
            path = List.copyOf(path);
        }
    }

    /** {@code !of} */
    record Not(Syntax of, int at) implements Syntax {}

    /** Two or more, joined by {@code +}. */
    record Plus(List<Syntax> terms, int at) implements Syntax {
        public Plus {
            terms = List.copyOf(terms);
        }
    }

    /** Two values against each other. */
    record Comparison(Operator operator, Syntax left, Syntax right, int at) implements Syntax {}

    /** {@code left matches right} */
    record Matches(Syntax left, Syntax right, int at) implements Syntax {}

    /** Two or more, joined by {@code AND}. */
    record And(List<Syntax> terms, int at) implements Syntax {
        public And {
            terms = List.copyOf(terms);
        }
    }

    /** Two or more, joined by {@code OR}. */
    record Or(List<Syntax> terms, int at) implements Syntax {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    /** A condition and what is chosen when it holds. */
    record When(Syntax condition, Syntax chosen) {}

    /** {@code a ? b : c ? d : e} */
    record Choice(List<When> cases, Syntax otherwise, int at) implements Syntax {
        public Choice {
            cases = List.copyOf(cases);
        }
    }

    /** {@code of ?: otherwise} */
    record OrElse(Syntax of, Syntax otherwise, int at) implements Syntax {}
}
