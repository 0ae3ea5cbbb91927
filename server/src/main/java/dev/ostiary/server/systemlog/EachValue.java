package dev.ostiary.server.systemlog;

import dev.ostiary.platform.query.Column;
import dev.ostiary.platform.query.Kind;
import dev.ostiary.platform.query.Literal;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Rendering;
import dev.ostiary.platform.query.SortValue;
import dev.ostiary.platform.store.Sql;

/**
 * An attribute of which an event may have several values, or whose type only its values tell: a
 * comparison holds if it holds for any of them (P27).
 *
 * @param path where the values are, as JSON path; it travels as a parameter
 */
public record EachValue(String path) implements Rendering {

    private static final Column TEXT = new Column("v.j #>> '{}'", Kind.TEXT, false);
    private static final Column NUMBER =
            new Column(
                    "CASE WHEN jsonb_typeof(v.j) = 'number' THEN (v.j #>> '{}')::numeric END",
                    Kind.NUMBER,
                    false);
    private static final Column BOOLEAN =
            new Column(
                    "CASE WHEN jsonb_typeof(v.j) = 'boolean' THEN (v.j #>> '{}')::boolean END",
                    Kind.BOOLEAN,
                    false);

    @Override
    public Sql compare(Operator operator, Literal literal) {
        return switch (literal) {
            case Literal.Text text -> any(ofTexts(TEXT.compare(operator, text)));
            case Literal.Numeric number -> any(NUMBER.compare(operator, number));
            case Literal.Bool bool -> any(BOOLEAN.compare(operator, bool));
            case Literal.Moment moment ->
                    throw new IllegalArgumentException("no such attribute is a date");
        };
    }

    private static Sql ofTexts(Sql condition) {
        return Sql.of("jsonb_typeof(v.j) = 'string' AND").then(condition);
    }

    @Override
    public Sql present() {
        return any(Sql.of("v.j NOT IN ('null', '\"\"', '[]', '{}')"));
    }

    private Sql any(Sql condition) {
        return Sql.of(
                        "EXISTS (SELECT 1 FROM jsonb_path_query(system_log.body, ?::jsonpath) AS v(j) WHERE",
                        path)
                .then(condition)
                .then(")");
    }

    @Override
    public SortValue sortValue() {
        throw new UnsupportedOperationException("the log is sorted by time only");
    }
}
