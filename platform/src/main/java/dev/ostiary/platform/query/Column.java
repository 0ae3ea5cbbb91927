package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;

/**
 * An attribute that stands in a column of its type: {@code text}, {@code numeric} or {@code
 * bigint}, {@code boolean}, {@code timestamptz} (whole milliseconds, as the wire shows them). An
 * index of the column serves {@code eq}, ranges and, for text in {@code COLLATE "C"}, {@code sw}.
 *
 * @param expression the column, or an expression that an index holds; a constant of the program
 * @param kind its type, one of the four scalar ones
 * @param folded whether the column holds {@link CaseFold folded} text
 */
public record Column(String expression, Kind kind, boolean folded) implements Rendering {

    public Column {
        if (kind == Kind.ANY || kind == Kind.NODE) {
            throw new IllegalArgumentException("a column has a scalar type: " + expression);
        }
    }

    @Override
    public Sql compare(Operator operator, Literal literal) {
        return literal instanceof Literal.Text(String text) && folded
                ? Conditions.text(value(), operator, CaseFold.fold(text))
                : Conditions.compare(value(), operator, literal);
    }

    @Override
    public Sql present() {
        return kind == Kind.TEXT
                ? Conditions.text(value(), Operator.PR, "present")
                : value().then("IS NOT NULL");
    }

    @Override
    public SortValue sortValue() {
        return new SortValue(value(), SortValue.type(kind));
    }

    private Sql value() {
        return Sql.of(
                kind == Kind.TEXT ? "(" + expression + " COLLATE \"C\")" : "(" + expression + ")");
    }
}
