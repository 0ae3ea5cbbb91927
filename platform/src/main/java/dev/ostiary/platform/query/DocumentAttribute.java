package dev.ostiary.platform.query;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.store.Sql;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One attribute inside a search document. */
record DocumentAttribute(Documents documents, DocumentPath path, Kind kind) implements Rendering {

    private static final String EMPTY = "NOT IN ('null', '\"\"', '[]', '{}')";

    private static final String GUARDED_NUMBER =
            "CASE WHEN jsonb_typeof(%1$s) = 'number' THEN (%1$s #>> '{}')::numeric END";

    @Override
    public Sql compare(Operator operator, Literal literal) {
        return switch (literal) {
            case Literal.Text(String text) -> text(operator, CaseFold.fold(text));
            case Literal.Moment(Instant instant) -> instant(operator, instant);
            case Literal.Numeric number -> number(operator, number);
            case Literal.Bool(boolean bool) ->
                    holds(JsonNodeFactory.instance.booleanNode((operator == Operator.EQ) == bool));
        };
    }

    private Sql text(Operator operator, String text) {
        if (operator == Operator.EQ && !text.isEmpty()) {
            return holds(JsonNodeFactory.instance.stringNode(text));
        }
        return Words.narrowing(documents.words(), operator, text, exactly(operator, text));
    }

    private Sql exactly(Operator operator, String text) {
        if (path.isSingle() && kind != Kind.ANY) {
            return Conditions.text(singleText(), operator, text);
        }
        return anyElement(
                path,
                Sql.of("jsonb_typeof(e.v) = 'string' AND")
                        .then(
                                Conditions.text(
                                        Sql.of("((e.v #>> '{}') COLLATE \"C\")"), operator, text)));
    }

    /**
     * The document holds milliseconds: what lies between two of them equals none, and is passed
     * with the one before it.
     */
    private Sql instant(Operator operator, Instant instant) {
        String text = CaseFold.fold(Dates.text(instant));
        if (Moments.hasWholeMillis(instant)) {
            return text(operator, text);
        }
        return switch (operator) {
            case EQ -> Sql.of("FALSE");
            case NE -> exactly(Operator.PR, text);
            case GT, GE -> exactly(Operator.GT, text);
            case LT, LE -> exactly(Operator.LE, text);
            case SW, CO, EW, PR -> throw new IllegalArgumentException(operator.wire());
        };
    }

    private Sql number(Operator operator, Literal.Numeric number) {
        if (operator == Operator.EQ) {
            return holds(JsonNodeFactory.instance.numberNode(number.value()));
        }
        if (path.isSingle()) {
            return Conditions.compare(singleNumber(), operator, number);
        }
        Sql element = Sql.of("(" + GUARDED_NUMBER.formatted("e.v") + ")");
        return anyElement(path, Conditions.compare(element, operator, number));
    }

    private Sql holds(JsonNode value) {
        return Sql.join(
                        " OR ",
                        path.containing(value).stream()
                                .map(json -> Sql.of(documents.doc() + " @> ?::jsonb", json))
                                .toList())
                .grouped();
    }

    private Sql anyElement(DocumentPath path, Sql condition) {
        return Sql.of("EXISTS (SELECT 1 FROM")
                .then(path.elements(documents.doc()))
                .then("AS e(v) WHERE")
                .then(condition)
                .then(")");
    }

    @Override
    public Sql present() {
        return path.isSingle()
                ? path.json(documents.doc()).then(EMPTY)
                : anyElement(path, Sql.of("e.v " + EMPTY));
    }

    @Override
    public SortValue sortValue() {
        return kind == Kind.NUMBER
                ? new SortValue(singleNumber(), SortValue.Type.NUMBER)
                : new SortValue(singleText(), SortValue.Type.TEXT);
    }

    private Sql singleText() {
        return path.text(documents.doc()).then("COLLATE \"C\"").grouped();
    }

    private Sql singleNumber() {
        Sql json = path.json(documents.doc());
        return Sql.of("CASE WHEN jsonb_typeof(")
                .then(json)
                .then(") = 'number' THEN (")
                .then(json)
                .then("#>> '{}')::numeric END")
                .grouped();
    }
}
