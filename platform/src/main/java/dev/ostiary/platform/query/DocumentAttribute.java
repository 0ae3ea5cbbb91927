package dev.ostiary.platform.query;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.store.Sql;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One attribute inside a search document. */
record DocumentAttribute(Documents documents, DocumentPath path, Kind kind) implements Rendering {

    private static final String EMPTY = "NOT IN ('null', '\"\"', '[]', '{}')";

    /** The same of the elements of an array, and in an index, which can hold no query. */
    static final String FULL =
            """
            'strict $[*] ? ((@.type() == "string" && @ != "") || @.type() == "number"\
             || @.type() == "boolean" || (@.type() == "array" && exists(@[*]))\
             || (@.type() == "object" && exists(@.*)))'\
            """;

    /** So many characters of a text fit into an index, whatever they are. */
    private static final int BEGINNING = 200;

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

    /**
     * What very many have, and texts of few letters, are found by an index of this attribute alone
     * where there is one: in the order of ids, and without those that have the letters elsewhere.
     */
    @Override
    public Sql compare(Operator operator, Literal literal, Predicate<DocumentIndex> there) {
        return switch (literal) {
            case Literal.Text(String text) ->
                    indexed(operator, CaseFold.fold(text), there)
                            .orElseGet(() -> compare(operator, literal));
            case Literal.Numeric number ->
                    indexed(operator, number, there).orElseGet(() -> compare(operator, literal));
            case Literal.Moment(Instant instant) ->
                    indexed(operator, instant, there).orElseGet(() -> compare(operator, literal));
            case Literal.Bool _ -> compare(operator, literal);
        };
    }

    @Override
    public BestPlan bestPlan(Operator operator, Literal literal, Predicate<DocumentIndex> there) {
        if (operator != Operator.EQ) {
            return BestPlan.FOR_VALUES;
        }
        Optional<Sql> inOrder =
                switch (literal) {
                    case Literal.Text(String text) -> indexed(operator, CaseFold.fold(text), there);
                    case Literal.Numeric number -> indexed(operator, number, there);
                    case Literal.Bool _, Literal.Moment _ -> Optional.empty();
                };
        return inOrder.isPresent() ? BestPlan.FOR_ORG : BestPlan.FOR_VALUES;
    }

    private Optional<Sql> indexed(
            Operator operator, Literal.Numeric number, Predicate<DocumentIndex> there) {
        if (kind != Kind.NUMBER) {
            return Optional.empty();
        }
        return switch (operator) {
            case EQ ->
                    orderIndex()
                            .filter(there)
                            .map(_ -> Conditions.compare(asIndexed(), operator, number));
            case GT, GE, LT, LE ->
                    indexes()
                            .ofRange(operator)
                            .filter(there)
                            .map(_ -> Conditions.compare(ranged(operator), operator, number));
            case NE, SW, CO, EW, PR -> Optional.empty();
        };
    }

    private Optional<Sql> indexed(
            Operator operator, Instant instant, Predicate<DocumentIndex> there) {
        return switch (operator) {
            case GT, GE, LT, LE ->
                    indexedRange(
                            Moments.hasWholeMillis(instant) ? operator : passing(operator),
                            text(instant),
                            there);
            case EQ, NE, SW, CO, EW, PR -> Optional.empty();
        };
    }

    private Optional<Sql> indexed(Operator operator, String text, Predicate<DocumentIndex> there) {
        if (text.isEmpty() || kind != Kind.TEXT) {
            return Optional.empty();
        }
        return switch (operator) {
            case GT, GE, LT, LE -> indexedRange(operator, text, there);
            case EQ, NE, SW, CO, EW, PR ->
                    fits(text) ? indexedPart(operator, text, there) : Optional.empty();
        };
    }

    private static boolean fits(String text) {
        return text.codePointCount(0, text.length()) < BEGINNING;
    }

    /** Between two texts that are too long for the index lies what begins as they do. */
    private Optional<Sql> indexedRange(
            Operator operator, String text, Predicate<DocumentIndex> there) {
        Optional<DocumentIndex> index = indexes().ofRange(operator).filter(there);
        if (fits(text)) {
            return index.map(_ -> Conditions.text(ranged(operator), operator, text));
        }
        return index.filter(_ -> path.isSingle())
                .map(
                        _ ->
                                Conditions.text(asIndexed(), reaching(operator), cut(text))
                                        .then("AND")
                                        .then(exactly(operator, text))
                                        .grouped());
    }

    private static String cut(String text) {
        return text.substring(0, text.offsetByCodePoints(0, BEGINNING));
    }

    private static Operator reaching(Operator operator) {
        return AttributeIndexes.reachesUp(operator) ? Operator.GE : Operator.LE;
    }

    private Optional<Sql> indexedPart(
            Operator operator, String text, Predicate<DocumentIndex> there) {
        return switch (operator) {
            case EQ, SW ->
                    orderIndex()
                            .filter(there)
                            .map(_ -> Conditions.text(asIndexed(), operator, text));
            case EW ->
                    endingIndex()
                            .filter(there)
                            .map(
                                    _ ->
                                            Conditions.text(
                                                    ending(),
                                                    Operator.SW,
                                                    new StringBuilder(text).reverse().toString()));
            case CO ->
                    partIndex()
                            .filter(there)
                            .map(_ -> Conditions.text(singleText(), operator, text));
            case NE, PR, GT, GE, LT, LE -> Optional.empty();
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
            return Conditions.text(comparable(operator, text), operator, text);
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
        String text = text(instant);
        if (Moments.hasWholeMillis(instant)) {
            return text(operator, text);
        }
        return switch (operator) {
            case EQ -> Sql.of("FALSE");
            case NE -> exactly(Operator.PR, text);
            case GT, GE, LT, LE -> exactly(passing(operator), text);
            case SW, CO, EW, PR -> throw new IllegalArgumentException(operator.wire());
        };
    }

    private static String text(Instant instant) {
        return CaseFold.fold(Dates.text(instant));
    }

    /** What a range says of the whole millisecond before its end. */
    private static Operator passing(Operator operator) {
        return AttributeIndexes.reachesUp(operator) ? Operator.GT : Operator.LE;
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
        if (path.isSingle()) {
            return path.json(documents.doc()).then(EMPTY);
        }
        return path.passesArrays() ? anyElement(path, Sql.of("e.v " + EMPTY)) : anyOfArray();
    }

    private Sql anyOfArray() {
        Sql json = path.json(documents.doc());
        return Sql.of("CASE WHEN jsonb_typeof(")
                .then(json)
                .then(") = 'array' THEN jsonb_path_exists(")
                .then(json)
                .then(", " + FULL + ") ELSE")
                .then(json)
                .then(EMPTY + " END")
                .grouped();
    }

    @Override
    public SortValue sortValue() {
        return kind == Kind.NUMBER
                ? new SortValue(
                        orderIndex().isPresent() ? asIndexed() : singleNumber(),
                        SortValue.Type.NUMBER)
                : new SortValue(singleText(), SortValue.Type.TEXT);
    }

    Sql singleText() {
        return path.text(documents.doc()).then("COLLATE \"C\"").grouped();
    }

    /**
     * A text is before or after a shorter one exactly if its beginning is: so an index of
     * beginnings serves ranges, whatever the length of what it is of.
     */
    private Sql comparable(Operator operator, String text) {
        boolean range =
                switch (operator) {
                    case GT, GE, LT, LE -> true;
                    case EQ, NE, SW, CO, EW, PR -> false;
                };
        return range && text.codePointCount(0, text.length()) < BEGINNING
                ? beginning()
                : singleText();
    }

    private Sql beginning() {
        return Sql.of("left(")
                .then(path.text(documents.doc()))
                .then(", " + BEGINNING + ")")
                .then("COLLATE \"C\"")
                .grouped();
    }

    /** The end of the text, backwards: one ends with another exactly if it begins so with it. */
    Sql ending() {
        return Sql.of("reverse(right(")
                .then(path.text(documents.doc()))
                .then(", " + BEGINNING + "))")
                .then("COLLATE \"C\"")
                .grouped();
    }

    /** The value of an array that decides a range: after a value is one if the greatest is. */
    private Sql end(Operator operator) {
        return AttributeIndexes.reachesUp(operator) ? greatest() : least();
    }

    /** The least value of an array, as the function of a migration finds it. */
    Sql least() {
        return end("least");
    }

    /** The greatest. */
    Sql greatest() {
        return end("greatest");
    }

    private Sql end(String which) {
        boolean number = kind == Kind.NUMBER;
        return Sql.of("ostiary_" + which + (number ? "_number(" : "_text("))
                .then(path.json(documents.doc()))
                .then(number ? ")" : ") COLLATE \"C\"")
                .grouped();
    }

    /** What an index of the attribute's order is of. */
    Sql indexed() {
        return kind == Kind.NUMBER ? singleNumber() : beginning();
    }

    /**
     * The same with the attribute's name in the text, as it is in the index: so PostgreSQL sees
     * that it is the index's before it knows the values.
     */
    private Sql asIndexed() {
        return Sql.of(indexed().literally());
    }

    /** The same of what an index of ranges is of. */
    private Sql ranged(Operator operator) {
        return path.isSingle() ? asIndexed() : Sql.of(end(operator).literally());
    }

    @Override
    public Optional<SortValue> coarseSortValue() {
        return orderIndex().isPresent() && kind != Kind.NUMBER
                ? Optional.of(new SortValue(asIndexed(), SortValue.Type.TEXT))
                : Optional.empty();
    }

    private AttributeIndexes indexes() {
        return new AttributeIndexes(path, kind);
    }

    @Override
    public Optional<DocumentIndex> orderIndex() {
        return indexes().ofOrder();
    }

    @Override
    public Optional<DocumentIndex> rangeIndex(Operator operator) {
        return indexes().ofRange(operator);
    }

    @Override
    public Optional<DocumentIndex> endingIndex() {
        return indexes().ofEndings();
    }

    @Override
    public Optional<DocumentIndex> partIndex() {
        return indexes().ofParts();
    }

    @Override
    public Optional<DocumentIndex> presenceIndex() {
        return indexes().ofPresence();
    }

    @Override
    public Optional<DocumentIndex> absenceIndex() {
        return indexes().ofAbsence();
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
