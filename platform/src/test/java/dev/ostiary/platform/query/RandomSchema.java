package dev.ostiary.platform.query;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.query.meaning.Known;
import dev.ostiary.platform.query.meaning.Known.Sort;
import dev.ostiary.platform.query.meaning.RandomValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A made-up resource: attributes in the search document at random places and of random types, and
 * one of each type in a column.
 */
final class RandomSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Documents DOCUMENTS = new Documents("s.doc", "s.words");

    private static final List<String> NAMES =
            List.of("name", "select", "not-null", "_", "NULL", "a-1", "eq", "isTrue", "order_by");

    private static final List<Attribute> COLUMNS =
            List.of(
                    Attribute.text("column.text").column("s.text"),
                    Attribute.foldedText("column.folded").column("s.folded"),
                    Attribute.number("column.number").column("s.number"),
                    Attribute.bool("column.bool").column("s.bool"),
                    Attribute.instant("column.instant").column("s.instant"),
                    DOCUMENTS.hotText("column.hot", "s.hot"));

    /** Columns of a row, as the table {@code s} has them. */
    static final String TABLE =
            "s (id int, doc jsonb, words text, text text COLLATE \"C\", folded text COLLATE \"C\","
                    + " number numeric, bool boolean, instant timestamptz, hot text COLLATE \"C\")";

    private final Random random;
    private final RandomValues values;
    private final List<Place> places = new ArrayList<>();

    /** An attribute inside of the document. */
    private record Place(List<DocumentPath.Step> steps, Kind kind, boolean several) {

        String path() {
            return String.join(".", steps.stream().map(DocumentPath.Step::name).toList());
        }

        String place() {
            return String.join(
                    ".", steps.stream().map(s -> s.name() + (s.array() ? "[]" : "")).toList());
        }

        Stream<JsonNode> values(JsonNode object) {
            Stream<JsonNode> found = Stream.of(object);
            for (DocumentPath.Step step : steps) {
                found = found.map(node -> node.path(step.name()));
                found = step.array() ? found.flatMap(Place::elements) : found;
            }
            return several ? found.flatMap(Place::elements) : found;
        }

        private static Stream<JsonNode> elements(JsonNode value) {
            return value.isArray() ? value.values().stream() : Stream.of(value);
        }
    }

    RandomSchema(Random random) {
        this.random = random;
        this.values = new RandomValues(random);
        for (int i = 0; i < 10; i++) {
            places.add(place(i));
        }
    }

    private Place place(int number) {
        Kind kind = values.pick(List.of(Kind.values()));
        List<DocumentPath.Step> steps = new ArrayList<>();
        steps.add(step("p" + number + values.pick(NAMES)));
        while (random.nextInt(3) == 0 && steps.size() < 4) {
            steps.add(step(values.pick(NAMES)));
        }
        DocumentPath.Step last = steps.removeLast();
        steps.add(new DocumentPath.Step(last.name(), false));
        boolean several = kind == Kind.ANY || (kind != Kind.NODE && random.nextInt(3) == 0);
        return new Place(List.copyOf(steps), kind, several);
    }

    private DocumentPath.Step step(String name) {
        return new DocumentPath.Step(name, random.nextInt(4) == 0);
    }

    /** What the compiler is told. */
    Attributes attributes() {
        List<Attribute> all = new ArrayList<>(COLUMNS);
        for (Place place : places) {
            all.add(DOCUMENTS.placed(place.path(), place.kind(), place.place(), place.several()));
        }
        return Attributes.of(all.toArray(Attribute[]::new));
    }

    /** What the promise is told. */
    List<Known> known() {
        List<Known> all = new ArrayList<>();
        for (Attribute column : COLUMNS) {
            boolean folds = column.path().endsWith("folded") || column.path().endsWith("hot");
            all.add(Known.at(column.path(), sort(column.kind()), folds));
        }
        for (Place place : places) {
            all.add(new Known(place.path(), sort(place.kind()), true, place::values));
        }
        return all;
    }

    private static Sort sort(Kind kind) {
        return switch (kind) {
            case TEXT -> Sort.TEXT;
            case NUMBER -> Sort.NUMBER;
            case BOOLEAN -> Sort.BOOLEAN;
            case INSTANT -> Sort.DATE;
            case ANY -> Sort.ANY;
            case NODE -> Sort.OBJECT;
        };
    }

    /** An object of this kind. What is a column stands under {@code column}. */
    ObjectNode object() {
        ObjectNode object = JSON.objectNode();
        for (Place place : places) {
            put(object, place.steps(), place);
        }
        ObjectNode columns = object.putObject("column");
        for (Attribute column : COLUMNS) {
            if (random.nextInt(4) > 0) {
                String name = column.path().substring("column.".length());
                columns.set(name, scalar(column.kind()));
            }
        }
        return object;
    }

    private void put(ObjectNode into, List<DocumentPath.Step> steps, Place place) {
        if (random.nextInt(6) == 0) {
            return;
        }
        DocumentPath.Step step = steps.getFirst();
        List<DocumentPath.Step> rest = steps.subList(1, steps.size());
        if (rest.isEmpty()) {
            into.set(step.name(), value(place));
        } else if (step.array()) {
            ArrayNode array = into.putArray(step.name());
            for (int i = random.nextInt(4); i > 0; i--) {
                put(array.addObject(), rest, place);
            }
        } else {
            put(into.putObject(step.name()), rest, place);
        }
    }

    private JsonNode value(Place place) {
        if (random.nextInt(8) == 0) {
            return JSON.nullNode();
        }
        if (place.several() && place.kind() != Kind.ANY && random.nextBoolean()) {
            ArrayNode array = JSON.arrayNode();
            for (int i = random.nextInt(4); i > 0; i--) {
                array.add(random.nextInt(6) == 0 ? JSON.nullNode() : scalar(place.kind()));
            }
            return array;
        }
        return scalar(place.kind());
    }

    private JsonNode scalar(Kind kind) {
        return switch (kind) {
            case TEXT -> JSON.stringNode(values.text());
            case NUMBER -> JSON.numberNode(values.number());
            case BOOLEAN -> JSON.booleanNode(random.nextBoolean());
            case INSTANT -> JSON.stringNode(Dates.text(values.date()));
            case ANY -> values.any();
            case NODE -> values.object();
        };
    }
}
